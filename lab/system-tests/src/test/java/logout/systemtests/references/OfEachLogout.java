package logout.systemtests.references;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import logout.sidebyside.Logout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives a test that bears the name of a {@link Condition} what the table claims of each of the five logouts. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(OfEachLogout.Claims.class)
@interface OfEachLogout {

    /** The claims about the condition that has the test's name. */
    final class Claims implements ArgumentsProvider {
        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            String name = context.getRequiredTestMethod().getName();
            Condition condition = Condition.valueOf(name.toUpperCase(Locale.ROOT));
            return Arrays.stream(Logout.values()).map(logout -> Arguments.of(new Claim(condition, logout)));
        }
    }
}
