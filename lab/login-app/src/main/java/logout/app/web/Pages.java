package logout.app.web;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The pages: FreeMarker templates whose values are escaped as HTML, and where a missing value fails. */
public final class Pages {

    private static final String SHARED_TEMPLATES = "/logout/app/pages";

    private static final int TEMPLATE_UPDATE_MS = 200;

    private static final Map<List<String>, Pages> BY_FOLDERS = new ConcurrentHashMap<>();

    private final Configuration configuration;

    /**
     * The pages whose templates are in these folders of the class path, looked for in that order, or among the shared ones. However
     * often a stage is started, a process reads each of them once.
     */
    public static Pages of(String... folders) {
        return BY_FOLDERS.computeIfAbsent(List.of(folders), Pages::new);
    }

    private Pages(List<String> folders) {
        configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateLoader(
                new MultiTemplateLoader(Stream.concat(folders.stream(), Stream.of(SHARED_TEMPLATES))
                        .map(folder -> new ClassTemplateLoader(Pages.class, folder))
                        .toArray(TemplateLoader[]::new)));
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setLocalizedLookup(false);
        // A saved template is read anew.
        configuration.setTemplateUpdateDelayMilliseconds(TEMPLATE_UPDATE_MS);
    }

    /** Fails where this text is no template; the message says in which line. */
    public void check(String name, String text) throws IOException {
        new Template(name, text, configuration);
    }

    public String render(String template, Map<String, Object> values) {
        try {
            StringWriter page = new StringWriter();
            configuration.getTemplate(template).process(values, page);
            return page.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("The page " + template + " cannot be made.", e);
        }
    }
}
