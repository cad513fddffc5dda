package dev.rollcall.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Named settings of a program, read from flags ({@code --name value} or {@code --name=value}), then from the
 * environment ({@code ROLLCALL_NAME}), then from their defaults.
 *
 * <p>Declare them with {@link #option} and {@link #flag}, {@link #parse} the arguments, then read typed values with
 * {@link Parsed#get}.
 */
public final class Settings {
    private static final String PREFIX = "ROLLCALL_";

    private final String program;
    private final String purpose;
    private final Map<String, Option> options = new LinkedHashMap<>();

    private Settings(String program, String purpose) {
        this.program = program;
        this.purpose = purpose;
        flag("help", "print this and exit");
        flag("version", "print the version and exit");
    }

    /** Creates the settings of a program, with {@code --help} and {@code --version} only. */
    public static Settings of(String program, String purpose) {
        return new Settings(program, purpose);
    }

    /**
     * Declares a setting with a value.
     *
     * @param name as in {@code --name}
     * @param defaultText its default, as written on the command line
     * @param reader parses the text; throws {@link IllegalArgumentException} with a message that says what is allowed
     * @param description one line for {@code --help}, with the unit
     */
    public <T> Settings option(String name, String defaultText, Function<String, T> reader, String description) {
        options.put(name, new Option(name, defaultText, reader, description, false));
        return this;
    }

    /** Declares a flag without a value. */
    public Settings flag(String name, String description) {
        options.put(name, new Option(name, "false", SettingParsers::booleanValue, description, true));
        return this;
    }

    /** Parses arguments and environment. */
    public Outcome parse(String[] args, Map<String, String> environment) {
        try {
            var texts = fromArguments(args);
            if (texts.containsKey("help")) {
                return new Exit(0, help());
            }
            if (texts.containsKey("version")) {
                return new Exit(0, program + " " + version());
            }
            return new Parsed(values(texts, environment));
        } catch (IllegalArgumentException e) {
            return new Exit(2, program + ": " + e.getMessage());
        }
    }

    /** Like {@link #parse}, but exits if there is nothing to run: with status 0 after help, 2 after a mistake. */
    public Parsed parseOrExit(String[] args, Map<String, String> environment) {
        var outcome = parse(args, environment);
        if (outcome instanceof Exit exit) {
            (exit.status() == 0 ? System.out : System.err).println(exit.text());
            System.exit(exit.status());
        }
        return (Parsed) outcome;
    }

    private Map<String, String> fromArguments(String[] args) {
        var texts = new LinkedHashMap<String, String>();
        for (var i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                throw new IllegalArgumentException("\"" + args[i] + "\" is not a setting; --help lists them");
            }
            var equals = args[i].indexOf('=');
            var name = equals < 0 ? args[i].substring(2) : args[i].substring(2, equals);
            var option = options.get(name);
            if (option == null) {
                throw new IllegalArgumentException("there is no --" + name + "; --help lists what there is");
            }
            if (equals >= 0) {
                texts.put(name, args[i].substring(equals + 1));
            } else if (option.isFlag()) {
                texts.put(name, "true");
            } else if (i + 1 < args.length) {
                texts.put(name, args[++i]);
            } else {
                throw new IllegalArgumentException("--" + name + " needs a value: " + option.description());
            }
        }
        return texts;
    }

    private Map<String, Object> values(Map<String, String> texts, Map<String, String> environment) {
        var values = new LinkedHashMap<String, Object>();
        for (var option : options.values()) {
            var flag = Optional.ofNullable(texts.get(option.name()));
            var variable = option.isCommandLineOnly()
                    ? Optional.<String>empty()
                    : Optional.ofNullable(environment.get(option.variable()));
            var text = flag.or(() -> variable).orElse(option.defaultText());
            var source = flag.isEmpty() && variable.isPresent() ? option.variable() : "--" + option.name();
            try {
                values.put(option.name(), option.reader().apply(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(source + " is \"" + text + "\": " + e.getMessage(), e);
            }
        }
        return values;
    }

    private String help() {
        var lines = new ArrayList<String>();
        lines.add("usage: java -jar " + program + ".jar [--setting value]…");
        lines.add(purpose);
        lines.add("");
        for (var option : options.values()) {
            var usage = option.isFlag() ? "--" + option.name() : "--" + option.name() + " VALUE";
            var suffix = option.isFlag() || option.defaultText().isEmpty() ? "" : " (" + option.defaultText() + ")";
            lines.add(String.format(Locale.ROOT, "  %-26s %s%s", usage, option.description(), suffix));
        }
        lines.add("");
        lines.add("Each may also be set in the environment, --body-max as ROLLCALL_BODY_MAX; a flag takes precedence.");
        return String.join(System.lineSeparator(), lines);
    }

    static String version() {
        var version = Settings.class.getPackage().getImplementationVersion();
        return version != null ? version : "(not from a jar)";
    }

    /** The result of parsing. */
    public sealed interface Outcome permits Parsed, Exit {}

    /** There is nothing to run: help, version or a mistake, with the exit status. */
    public record Exit(int status, String text) implements Outcome {}

    /** The values of all settings. */
    public record Parsed(Map<String, Object> values) implements Outcome {
        /** Copies the values. */
        public Parsed {
            values = Map.copyOf(values);
        }

        /** Returns a setting's value, which must have been declared with a reader of this type. */
        public <T> T get(String name, Class<T> type) {
            var value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("undeclared setting --" + name);
            }
            return type.cast(value);
        }

        /** Whether a flag was given. */
        public boolean has(String flag) {
            return get(flag, Boolean.class);
        }
    }

    private record Option(
            String name, String defaultText, Function<String, ?> reader, String description, boolean isFlag) {
        /** Whether the environment is ignored: ROLLCALL_VERSION may exist for another purpose. */
        boolean isCommandLineOnly() {
            return name.equals("help") || name.equals("version");
        }

        String variable() {
            return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
        }
    }
}
