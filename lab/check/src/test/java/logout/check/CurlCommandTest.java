package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import logout.experiment.Call;
import org.junit.jupiter.api.Test;

/** A shell's ways to quote, as browsers use them. */
class CurlCommandTest {

    @Test
    void quotes_backslashes_and_lines_are_understood_as_a_shell_does() {
        CurlCommand command = CurlCommand.parse(
                "note",
                "curl 'http://localhost:8080/a?b=c' \\\n  -H \"X-Said: \\\"it's\\\"\" \\\n  -b 'one=1; two=2'"
                        + " --data-raw $'it\\'s\\nnew' -d '' -d a\\ b -d 'c\\d'");

        assertThat(command.call())
                .isEqualTo(new Call(
                        "POST",
                        "/a?b=c",
                        "application/x-www-form-urlencoded",
                        "it's\nnew&&a b&c\\d",
                        Map.of("x-said", "\"it's\"")));
        assertThat(command.dropped()).isEqualTo(2);
    }
}
