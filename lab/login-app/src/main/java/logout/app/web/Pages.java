package logout.app.web;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The pages: FreeMarker templates whose values are escaped as HTML, and where a missing value fails. */
public final class Pages {

    private static final String SHARED_TEMPLATES = "/logout/app/pages";

    private static final Map<String, Pages> BY_FOLDER = new ConcurrentHashMap<>();

    private final Configuration configuration;

    /**
     * The pages of a stage: its templates are found in its own folder of the class path first, then among the shared ones.
     * However often the stage is started, a process reads each of them once.
     */
    public static Pages of(String stageFolder) {
        return BY_FOLDER.computeIfAbsent(stageFolder, Pages::new);
    }

    private Pages(String stageFolder) {
        configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateLoader(new MultiTemplateLoader(new TemplateLoader[] {
            new ClassTemplateLoader(Pages.class, stageFolder), new ClassTemplateLoader(Pages.class, SHARED_TEMPLATES)
        }));
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setLocalizedLookup(false);
    }

    /**
     * Makes a page once in the background: the first visitor need not wait until all that it takes is loaded. Where it
     * cannot be made, whoever asks for it is told.
     */
    public void prepare(String template, Map<String, Object> values) {
        CompletableFuture.runAsync(() -> render(template, values));
    }

    /** The page that a template makes of these values. */
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
