package logout.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a report goes.
 *
 * @param file null for the program's own output
 */
record Output(Report.Format format, Path file) {

    /** Reads {@code FORM} or {@code FORM:FILE}. */
    static Output parse(String text) {
        String[] pair = text.split(":", 2);
        try {
            return new Output(Report.Format.valueOf(pair[0]), pair.length == 1 ? null : Path.of(pair[1]));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "\"" + text + "\" is none of text, markdown, json, junit, which a colon and a file may follow");
        }
    }

    boolean isLost() {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        return folder != null && (Files.isDirectory(file) || !Files.isWritable(folder));
    }

    /** So that nobody is logged in for a report that is lost. */
    void insistOnFile() {
        if (isLost()) {
            throw new CannotJudgeException(
                    "No report can be written to " + file + ". Name a file in a folder that there is.");
        }
    }

    /** Writes the whole report, or nothing. */
    void write(Report report) throws IOException {
        if (file != null) {
            Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "report", null);
            try {
                Files.writeString(whole, report.format(format));
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } else if (!report.findings().isEmpty() || format.isForPrograms()) {
            System.out.print(report.format(format));
        }
    }
}
