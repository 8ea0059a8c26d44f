package logout.exercises.check;

import java.util.Locale;
import java.util.function.Function;

/**
 * One exercise.
 *
 * @param number from 1, from easy to hard
 * @param name the name of its page after the number: {@code the-note-stays}
 * @param file the class that the learner edits
 * @param startingPoint what that class holds now
 * @param edited what an edited form of that class holds
 * @param check what it has to pass
 * @param <T> what is edited: routes, or a part of a server
 */
public record Exercise<T>(
        int number, String name, Class<?> file, T startingPoint, Function<Class<?>, T> edited, Check<T> check) {

    /** The path of the file that the learner edits, from the root of the project. */
    public String path() {
        return "docs/exercises/src/main/java/" + file.getName().replace('.', '/') + ".java";
    }

    /** The path of its page, from the root of the project. */
    public String page() {
        return String.format(Locale.ROOT, "docs/exercises/%02d-%s.md", number, name);
    }

    /** Its name for people. */
    public String title() {
        return "Exercise " + number + ", " + name.replace('-', ' ');
    }

    /**
     * Checks what the learner's file holds now.
     *
     * @throws LeftBehind where it does not reach the goal
     */
    public void tryStartingPoint() {
        tryOut(startingPoint);
    }

    /**
     * Checks an edited form of the learner's file.
     *
     * @throws LeftBehind where it does not reach the goal
     */
    public void tryEdited(Class<?> form) {
        tryOut(edited.apply(form));
    }

    /**
     * Checks something else in its place.
     *
     * @throws LeftBehind where it does not reach the goal
     */
    public void tryOut(T instead) {
        try {
            check.tryOut(instead);
        } catch (LeftBehind e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw LeftBehind.beforeTheEnd(e);
        }
    }

    @Override
    public String toString() {
        return title();
    }
}
