package logout.sidebyside.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Somebody else's site: one page, whose reply has the header that it is asked for, under any name of this machine.
 *
 * <p>Register it with {@code @RegisterExtension}.
 */
final class Site implements BeforeEachCallback, AfterEachCallback {

    private HttpServer server;
    private volatile String content = "";

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String header = exchange.getRequestURI().getQuery();
            if (header != null) {
                exchange.getResponseHeaders().set(header.split("=", 2)[0], header.split("=", 2)[1]);
                exchange.getResponseHeaders().set("Cache-Control", "no-store");
            }
            byte[] page = ("<!DOCTYPE html><html lang=en><title>Elsewhere</title>" + content)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.stop(0);
    }

    /** Puts this HTML on the page, and says where another site than the stages' has it. */
    URI pageWith(String html) {
        content = html;
        return at(Chromium.FOREIGN_HOST, null);
    }

    /** Where a host answers with this header, {@code name=value}, and the page that is not to be stored. */
    URI at(String host, String header) {
        try {
            return new URI("http", null, host, server.getAddress().getPort(), "/", header, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
