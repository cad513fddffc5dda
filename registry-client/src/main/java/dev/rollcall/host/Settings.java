package dev.rollcall.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Named settings of a program, read from flags ({@code --name value} or {@code --name=value}), then from the environment
 * ({@code ROLLCALL_NAME}), then from their defaults.
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

    /** A program without settings yet. */
    public static Settings of(String program, String purpose) {
        return new Settings(program, purpose);
    }

    /**
     * Declares a setting with a value.
     *
     * @param name as in {@code --name}
     * @param otherwise its default, as one would write it
     * @param reader makes a value of the text; throws {@link IllegalArgumentException} whose message says what is allowed
     * @param meaning one line for {@code --help}, with the unit
     */
    public <T> Settings option(String name, String otherwise, Function<String, T> reader, String meaning) {
        options.put(name, new Option(name, otherwise, reader, meaning, false));
        return this;
    }

    /** Declares a setting that is there or not. */
    public Settings flag(String name, String meaning) {
        options.put(name, new Option(name, "false", SettingParsers::truth, meaning, true));
        return this;
    }

    /** Reads arguments and environment. */
    public Outcome parse(String[] args, Map<String, String> environment) {
        try {
            var texts = fromArguments(args);
            if (texts.containsKey("help")) {
                return new Told(0, help());
            }
            if (texts.containsKey("version")) {
                return new Told(0, program + " " + version());
            }
            return new Parsed(values(texts, environment));
        } catch (IllegalArgumentException e) {
            return new Told(2, program + ": " + e.getMessage());
        }
    }

    /** Like {@link #parse}, but ends the process where there is nothing to run: status 0 after help, 2 after a mistake. */
    public Parsed parseOrExit(String[] args, Map<String, String> environment) {
        var outcome = parse(args, environment);
        if (outcome instanceof Told told) {
            (told.status() == 0 ? System.out : System.err).println(told.text());
            System.exit(told.status());
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
                throw new IllegalArgumentException("--" + name + " needs a value: " + option.meaning());
            }
        }
        return texts;
    }

    private Map<String, Object> values(Map<String, String> texts, Map<String, String> environment) {
        var values = new LinkedHashMap<String, Object>();
        for (var option : options.values()) {
            var flag = Optional.ofNullable(texts.get(option.name()));
            var variable = option.isQuestion()
                    ? Optional.<String>empty()
                    : Optional.ofNullable(environment.get(option.variable()));
            var text = flag.or(() -> variable).orElse(option.otherwise());
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
            var otherwise = option.isFlag() || option.otherwise().isEmpty() ? "" : " (" + option.otherwise() + ")";
            lines.add(String.format(Locale.ROOT, "  %-26s %s%s", usage, option.meaning(), otherwise));
        }
        lines.add("");
        lines.add("Each may also be set in the environment, --body-max as ROLLCALL_BODY_MAX; a flag takes precedence.");
        return String.join(System.lineSeparator(), lines);
    }

    static String version() {
        var version = Settings.class.getPackage().getImplementationVersion();
        return version != null ? version : "(not from a jar)";
    }

    /** What became of the arguments. */
    public sealed interface Outcome permits Parsed, Told {}

    /** There is nothing to run: help, version or a mistake, with the exit status that goes with it. */
    public record Told(int status, String text) implements Outcome {}

    /** The values of all settings. */
    public record Parsed(Map<String, Object> values) implements Outcome {
        /** Copies. */
        public Parsed {
            values = Map.copyOf(values);
        }

        /** A setting's value; it must have been declared with a reader of this type. */
        public <T> T get(String name, Class<T> type) {
            var value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("nobody declared --" + name);
            }
            return type.cast(value);
        }

        /** Whether a flag was given. */
        public boolean has(String flag) {
            return get(flag, Boolean.class);
        }
    }

    private record Option(String name, String otherwise, Function<String, ?> reader, String meaning, boolean isFlag) {
        /** Asked on the command line only: ROLLCALL_VERSION may well be there for something else. */
        boolean isQuestion() {
            return name.equals("help") || name.equals("version");
        }

        String variable() {
            return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
        }
    }
}
