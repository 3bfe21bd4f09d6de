#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// Text for people. Whatever comes from mail, calendars or servers goes through `plain` before it
/// reaches a terminal.

/// One line without control characters: escape sequences, line ends, marks that turn the direction
/// of text. Each run of white space becomes one space. Invalid UTF-8 becomes U+FFFD.
std::string plain(std::string_view text);

/// The same for text of several lines; the lines stay.
std::string plain_lines(std::string_view text);

/// Columns that `text` takes on a terminal (wide characters two, combining marks none).
std::size_t display_width(std::string_view text);

/// At most `width` columns; what does not fit ends in "…".
std::string fitted(std::string_view text, std::size_t width);

/// Filled with spaces to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, broken at spaces; a word that is longer stands alone.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// Text of several lines, plain and wrapped to the terminal's width; each line keeps its own
/// indentation, behind `indent` more spaces.
std::string wrapped_lines(std::string_view text, std::size_t indent = 0);

enum class Style { Plain, Bold, Dim, Good, Warn, Bad };

/// A place where text is written for people.
class Terminal {
 public:
  static constexpr std::size_t kWidth = 80;

  explicit Terminal(bool colour) : colour_(colour) {}
  /// Colour if `fd` is a terminal and NO_COLOR is not set.
  static Terminal of(int fd);

  std::string styled(Style style, std::string_view text) const;
  /// A section's head: "── Today ─────…", 80 columns.
  std::string heading(std::string_view title) const;
  /// `text`, wrapped, after `label` in the first `indent` columns; the following lines align.
  std::string entry(std::string_view label, std::string_view text, std::size_t indent,
                    Style label_style = Style::Plain) const;
  bool colour() const { return colour_; }

 private:
  bool colour_;
};

}  // namespace host
