#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace email {

/// Takes the first code point off `text`, which is not empty. Whatever is not UTF-8 (overlong
/// forms, surrogates, stray bytes) is U+FFFD, one for each byte that cannot go on.
char32_t take_code_point(std::string_view& text);
void append_code_point(std::string& out, char32_t code);
bool is_utf8(std::string_view bytes);

/// Valid UTF-8 of several lines: CR LF and CR become LF, other control characters and the marks
/// that reverse the direction of text are dropped.
std::string clean_text(std::string_view text);

/// The same as one line: every run of blanks and line breaks is one space, none at the ends. At
/// most `max_bytes`, cut between code points, "…" where something was cut.
std::string clean_line(std::string_view text, std::size_t max_bytes);

/// The longest start of `text` (valid UTF-8) that has at most `max_bytes`.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

/// Bytes in a charset as mail names it. "" and us-ascii mean UTF-8 if the bytes are, else
/// windows-1252; bytes beyond ASCII in an unknown charset become U+FFFD. The answer is not cleaned.
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace email
