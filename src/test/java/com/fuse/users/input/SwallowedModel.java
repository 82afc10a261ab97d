package com.fuse.users.input;

import com.fuse.users.input.CsvModel.First;
import com.fuse.users.input.CsvText.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The lines within the fields of a record that the contract calls rows by themselves.
 *
 * @param certain whether one of them holds a user ID or an e-mail address
 * @param usernames those on the lines, which make them rows only if they exist
 * @param named the lines as a problem names them
 */
record SwallowedModel(boolean certain, List<String> usernames, String named) {

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int NAMED_LINES = 3;

    static SwallowedModel of(First first, Line record, CsvText before) {
        boolean certain = false;
        List<String> usernames = new ArrayList<>();
        TreeSet<Long> found = new TreeSet<>();
        long line = before.line();
        for (CsvText.Field field : record.fields()) {
            String[] within = CsvText.LINE_END.split(field.text(), -1);
            for (int i = 1; i < within.length; i++) {
                line++;
                List<String> values =
                        values(within[i], before.delimiter(), first.line().size());
                for (int column = 0; column < values.size(); column++) {
                    String value = values.get(column);
                    boolean valid =
                            switch (first.roles().get(column)) {
                                case USER_ID -> RowModel.isUserId(value);
                                case EMAIL -> ADDRESS.matcher(value).matches();
                                case USERNAME -> !value.isEmpty() && usernames.add(value);
                                default -> false;
                            };
                    if (valid) {
                        found.add(line);
                        certain |= first.roles().get(column) != CsvModel.Role.USERNAME;
                    }
                }
            }
        }
        return new SwallowedModel(certain, usernames, named(found));
    }

    /** The values of a line; none if it has not as many fields as the first record. */
    private static List<String> values(String line, char delimiter, int width) {
        List<String> values = Pattern.compile(String.valueOf(delimiter), Pattern.LITERAL)
                .splitAsStream(line + delimiter + "end")
                .map(CsvText::trimmed)
                .toList();
        List<String> fields = values.subList(0, values.size() - 1);
        boolean fits = fields.size() >= width && fields.stream().skip(width).allMatch(String::isEmpty);
        return fits ? fields.subList(0, width) : List.of();
    }

    private static String named(TreeSet<Long> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        List<String> named =
                lines.stream().limit(NAMED_LINES).map(String::valueOf).toList();
        int more = lines.size() - named.size();
        return (lines.size() == 1 ? "line " : "lines ")
                + String.join(", ", named)
                + (more > 0 ? " and " + more + " more" : "");
    }
}
