package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copied command is sent as curl and a shell would send it, but for its cookies. */
class CurlCommandTest {

    /** The options, and the body and the header that the app must get. Java's own escapes stand for what cannot be printed. */
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '~', textBlock = """
            -H "X-Said: \\"it's\\"" -b 'one=1; two=2' --data-raw $'it\\'s\\nnew' -d '' -d a\\ b -> it's\\nnew&&a b -> X-said: "it's"
            --data-raw "a\\b\\$\\\\\\`\\"" -> a\\\\b$\\\\`" -> ~~
            -H 'Accept-Encoding: gzip, br' --data-raw 'a\\b' -> a\\\\b -> ~~
            --data-raw $'\\u0021 \\x21 \\041' -> ! ! ! -> ~~
            --data-raw $'\\u00e9' -> é -> ~~
            --data-raw $'\\t|\\r|\\n|\\b|\\f|\\\\|\\'|\\"' -> \\t|\\r|\\n|\\b|\\f|\\\\|'|" -> ~~
            --data-urlencode 'a=b & c' --data-urlencode '=d e' --data-urlencode f+g -> a=b+%26+c&d+e&f%2Bg -> ~~
            --json '{"a":1}' -> {"a":1} -> Content-type: application/json
            --json '{"a":1}' -> {"a":1} -> Accept: application/json
            -u ada:secret -d a=b -> a=b -> Authorization: Basic YWRhOnNlY3JldA==
            -u ada:{password} -d a=b -> a=b -> Authorization: Basic YWRhOmNvcnJlY3QgaG9yc2U=
            -sS -XPOST -d=a -d -X -db=c --data-raw @d --compressed -> =a&-X&b=c&@d -> ~~
            --user ada:secret -d a=b -> a=b -> Authorization: Basic YWRhOnNlY3JldA==
            """)
    void what_is_understood(String options, String body, String header) throws IOException {
        try (TinyApp app = new TinyApp()) {
            app.routes.put("POST /login", (exchange, fields) -> {
                app.begin(exchange, "ada");
                TinyApp.reply(exchange, 204, "");
            });
            app.description.put("login", "curl '" + app.address() + "/login' \\\n " + options);

            Checked.of(app).assertVerdicts("");

            TinyApp.Received login = app.received.stream()
                    .filter(received -> received.request().equals("POST /login"))
                    .findFirst()
                    .orElseThrow();
            assertThat(login.body().replace("%20", "+")).isEqualTo(body.translateEscapes());
            assertThat(login.headers()).doesNotContainKeys("Cookie", "Accept-encoding");
            assertThat(login.headers().toString()).contains(header.replaceFirst(": ", "=["));
        }
    }
}
