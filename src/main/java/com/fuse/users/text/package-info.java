/** How values appear in text for people: counts, times, and characters that have no glyph. */
@NullMarked
package com.fuse.users.text;

import org.jspecify.annotations.NullMarked;
