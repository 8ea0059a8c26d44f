package logout.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a report goes.
 *
 * @param file null for the program's own output
 */
record Output(String form, Path file) {

    /** Reads {@code FORM} or {@code FORM:FILE}; a file that cannot be written is refused here, before anybody is logged in. */
    static Output parse(String text) {
        String[] pair = text.split(":", 2);
        Path file = pair.length == 1 ? null : Path.of(pair[1]).toAbsolutePath();
        if (!Report.FORMS.contains(pair[0])) {
            throw new TypeConversionException("it is text, markdown, json or junit, and a colon and a file may follow");
        } else if (file != null && (Files.isDirectory(file) || !Files.isWritable(file.getParent()))) {
            throw new TypeConversionException("no report can be written to " + file);
        }
        return new Output(pair[0], file);
    }

    /** Writes the whole report, or nothing. */
    void write(Report report) throws IOException {
        if (file != null) {
            Path whole = Files.createTempFile(file.getParent(), "report", null);
            try {
                Files.writeString(whole, report.in(form));
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } else if (!report.conditions().isEmpty() || List.of("json", "junit").contains(form)) {
            System.out.print(report.in(form));
        }
    }
}
