package logout.exercises;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.exercises.check.Exercise;
import logout.launcher.SourceCompiler;

/** What a learner may write between the tags of an exercise. */
final class Answers {

    private static final Pattern HEADING = Pattern.compile("(\\d+) (right|wrong), ([^:]+?)(?:: (.*?))?( \\(given\\))?");
    private static final Pattern BETWEEN_THE_TAGS = Pattern.compile("(?s)(// tag::\\w+\\[]\\R)(.*?)(?=[ ]*// end::)");

    /** What a learner's editor would add. */
    private static final String IMPORTS = "import logout.app.session.Sessions; import logout.app.web.*;"
            + " import org.eclipse.jetty.server.session.*; import spark.Session;";

    private Answers() {}

    /**
     * Those in answers.txt, each an edit of our solution, or of what is given; and our solutions.
     *
     * <p>A heading has the exercise's number, right or wrong, the answer in words, and what the check says of it first. Then
     * come the edits: a text, and what takes its place everywhere.
     */
    static List<Answer> all() throws IOException {
        List<Answer> all = new ArrayList<>();
        for (Exercise exercise : Exercise.values()) {
            all.add(new Answer(exercise, "our solution", exercise.solution(), null));
        }
        String old = null;
        for (String line : Files.readAllLines(Path.of("src/test/resources/answers.txt"))) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                Exercise exercise = Exercise.values()[Integer.parseInt(heading.group(1)) - 1];
                String text =
                        heading.group(5) == null ? exercise.solution() : between(Files.readString(exercise.file()));
                all.add(new Answer(exercise, heading.group(3), text, heading.group(4)));
            } else if (line.startsWith("- ")) {
                old = line.substring(2);
            } else if (line.startsWith("+")) {
                all.add(all.remove(all.size() - 1).edited(old, line.substring(1)));
            }
        }
        return all;
    }

    static String between(String source) {
        Matcher tags = BETWEEN_THE_TAGS.matcher(source);
        return tags.find() ? tags.group(2) : "";
    }

    /** The answers, compiled as a learner's file is, each in a package of its own. */
    static List<Class<?>> compiled(List<Answer> answers, Path folder) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Exercise exercise = answers.get(i).exercise;
            String source = Files.readString(exercise.file())
                    .replace("package logout.exercises;", "package answer" + i + "; " + IMPORTS);
            Path file = folder.resolve("answer" + i + "/" + exercise.given().getSimpleName() + ".java");
            Files.createDirectories(file.getParent());
            String text = "$1" + Matcher.quoteReplacement(answers.get(i).text);
            files.add(Files.writeString(file, BETWEEN_THE_TAGS.matcher(source).replaceFirst(text + "\n")));
        }
        ClassLoader loader = SourceCompiler.compile(files, name(answers, 0)).getClassLoader();
        List<Class<?>> classes = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            classes.add(loader.loadClass(name(answers, i)));
        }
        return classes;
    }

    private static String name(List<Answer> answers, int i) {
        return "answer" + i + "." + answers.get(i).exercise.given().getSimpleName();
    }

    /** An answer, and a part of what the check says first; null where it is right. */
    record Answer(Exercise exercise, String what, String text, String sentence) {

        private Answer edited(String old, String now) {
            if (!text.contains(old)) {
                throw new IllegalArgumentException(this + ": there is no " + old);
            }
            return new Answer(exercise, what, text.replace(old, now), sentence);
        }

        @Override
        public String toString() {
            return exercise.number() + ", " + exercise.title() + ": " + what;
        }
    }
}
