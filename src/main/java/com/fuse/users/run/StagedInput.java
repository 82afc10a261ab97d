package com.fuse.users.run;

import com.fuse.users.csv.Identifier;
import java.util.List;

/**
 * What the staging step found in the input of a run.
 *
 * @param format the detected format, in one line
 * @param notes what the operator should know about the content, a sentence each
 * @param identifiedBy the kinds of identifiers by which a row may name its user; the first that has a value decides
 * @param statesActive whether a row may state whether its user is to be active
 * @param rows the number of rows
 * @param namesSuccessors whether an admin may have a successor
 */
public record StagedInput(
        String format,
        List<String> notes,
        List<Identifier> identifiedBy,
        boolean statesActive,
        long rows,
        boolean namesSuccessors) {}
