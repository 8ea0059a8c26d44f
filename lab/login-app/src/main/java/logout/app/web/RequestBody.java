package logout.app.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import spark.Request;

/**
 * The body of a request, understood strictly.
 *
 * <p>Spark's own {@code request.body()} and {@code request.queryParams()} read without a limit, and
 * the second takes a password from the address as readily as from a form.
 */
public final class RequestBody {

    private static final String ATTRIBUTE = RequestBody.class.getName();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final int MAX_BYTES = 64 * 1024;

    private RequestBody() {}

    /**
     * Reads the body, and keeps it with the request.
     *
     * @throws HttpError 413 where it is longer than {@value #MAX_BYTES} bytes, 408 where none of it comes for as
     *     long as a connection may be idle, 400 where it is malformed or breaks off
     */
    static void read(Request request) {
        // Jetty's own request: Spark's wrapper reads all there is, however long.
        var jetty = org.eclipse.jetty.server.Request.getBaseRequest(request.raw());
        try {
            boolean tooLong = jetty.getContentLengthLong() > MAX_BYTES;
            byte[] body = tooLong ? new byte[0] : jetty.getInputStream().readNBytes(MAX_BYTES + 1);
            if (tooLong || body.length > MAX_BYTES) {
                throw new HttpError(413, "The request's body is longer than 64 kB.");
            }
            request.attribute(ATTRIBUTE, new String(body, ISO_8859_1));
        } catch (EOFException e) {
            throw new HttpError(400, "The request's body is malformed, or does not come to its end.");
        } catch (IOException e) {
            throw new HttpError(408, "The request's body did not arrive in time.");
        }
    }

    public static Map<String, String> query(Request request) {
        String query = request.queryString();
        return query == null ? Map.of() : form(query);
    }

    public static boolean hasFields(Request request) {
        return mediaType(request).equals(FORM) || mediaType(request).equals(JSON) && isApi(request);
    }

    /**
     * The text fields of a form or, under {@code /api}, of a JSON object.
     *
     * @throws HttpError 415 for any other content type, 400 where the body is malformed
     */
    public static Map<String, String> fields(Request request) {
        if (!hasFields(request)) {
            throw new HttpError(415, "Send the body as " + (isApi(request) ? JSON + " or " + FORM : FORM) + ".");
        }
        return mediaType(request).equals(JSON) ? jsonFields(request) : form(request.attribute(ATTRIBUTE));
    }

    /**
     * The text fields of a JSON object.
     *
     * @throws HttpError 415 for any other content type, 400 where the body is malformed
     */
    public static Map<String, String> jsonFields(Request request) {
        if (!mediaType(request).equals(JSON)) {
            throw new HttpError(415, "Send the body as " + JSON + ".");
        }
        JsonElement json;
        try {
            json = STRICT.fromJson(utf8(request.attribute(ATTRIBUTE)), JsonElement.class);
        } catch (JsonParseException e) {
            throw new HttpError(400, "The body is not well-formed JSON.");
        }
        if (json == null || !json.isJsonObject()) {
            throw new HttpError(400, "The body is not a JSON object.");
        }
        Map<String, String> fields = new HashMap<>();
        json.getAsJsonObject().asMap().forEach((name, value) -> {
            if (value instanceof JsonPrimitive text && text.isString()) {
                fields.put(name, text.getAsString());
            }
        });
        return fields;
    }

    /**
     * The fields of a form, each character of which stands for one byte. Browsers send a line break as two characters;
     * here it is one, as it is in JSON.
     */
    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            if (nameAndValue.length == 2) {
                fields.put(decode(nameAndValue[0]), decode(nameAndValue[1]).replace("\r\n", "\n"));
            }
        }
        return fields;
    }

    private static String decode(String encoded) {
        try {
            return utf8(URLDecoder.decode(encoded, ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "The form is not well-formed: a % is not followed by two digits.");
        }
    }

    /** The text whose bytes are these characters. */
    private static String utf8(String bytes) {
        try {
            return UTF_8.newDecoder().decode(ISO_8859_1.encode(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new HttpError(400, "The body is not UTF-8 text.");
        }
    }

    private static boolean isApi(Request request) {
        return request.uri().startsWith("/api/");
    }

    private static String mediaType(Request request) {
        String type = request.contentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a field.
     *
     * @throws HttpError 400 where the field is missing, or is not a text
     */
    public static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new HttpError(400, "The field \"" + name + "\" is missing.");
        }
        return value;
    }
}
