package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The live objects in a node's heap after garbage collection, by class.
 *
 * @param bytes of all objects
 * @param counts objects of each class
 */
record LiveObjects(long bytes, Map<String, Integer> counts) {

    private static final Pattern OF_CLASS = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** Runs the garbage collection of that process, and counts the objects that are left. */
    static LiveObjects of(ProcessHandle process) {
        String histogram = jcmd(process.pid());
        Map<String, Integer> counts = new TreeMap<>();
        long bytes = 0;
        for (String line : histogram.lines().toList()) {
            Matcher ofClass = OF_CLASS.matcher(line);
            Matcher total = TOTAL.matcher(line);
            if (ofClass.matches()) {
                counts.merge(ofClass.group(2), Integer.parseInt(ofClass.group(1)), Integer::sum);
            } else if (total.find()) {
                bytes = Long.parseLong(total.group(1));
            }
        }
        if (bytes == 0) {
            throw new AssertionError("jcmd says something else:\n" + histogram);
        }
        return new LiveObjects(bytes, counts);
    }

    /** Returns the number of objects of that class. */
    int of(String className) {
        return counts.getOrDefault(className, 0);
    }

    private static String jcmd(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("jcmd fails:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError("This test needs a JDK, for its jcmd", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
