package logout.app.web;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/** The pages: FreeMarker templates whose values are escaped as HTML, and where a missing value fails. */
public final class Pages {

    /** The folder of the class path that holds the templates of all stages. */
    public static final String SHARED = "/logout/app/pages";

    private final Configuration configuration;

    /** The pages whose templates are in these folders of the class path, looked for in that order, or among the shared ones. */
    public Pages(String... folders) {
        configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateLoader(new MultiTemplateLoader(Stream.concat(Stream.of(folders), Stream.of(SHARED))
                .map(folder -> new ClassTemplateLoader(Pages.class, folder))
                .toArray(TemplateLoader[]::new)));
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setLocalizedLookup(false);
        // A saved template is read anew soon.
        configuration.setTemplateUpdateDelayMilliseconds(200);
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
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("The page " + template + " cannot be made.", e);
        }
    }
}
