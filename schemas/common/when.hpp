#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/time.hpp"
#include "schemas/common/when_tree.hpp"

namespace common {

/// A date or time as a caller wrote it: RFC 3339, or words such as "tomorrow 3pm", "fri 9-10",
/// "since monday". It knows neither the time nor a zone: servers/common/times resolves its tree.
/// Default constructed it is empty, which no argument is.
class When {
 public:
  When() = default;
  When(std::string text, words::Tree tree);

  /// The words as they were written, without surrounding blanks.
  const std::string& text() const { return text_; }
  /// Never null in what `parse` filled.
  const words::Tree& tree() const { return tree_; }

 private:
  std::string text_;
  words::Tree tree_;
};

/// Reads the whole text by the grammar in when_grammar. Returns what was expected, or, for an
/// unclear phrase, what it could mean ("3/4 could be March 4 or April 3; ...").
std::optional<std::string> parse(std::string_view text, When& out);
std::string to_string(const When& when);

/// What means exactly this time.
When exactly(const Time& time);

/// A date found among other words, and its bytes in the text.
struct FoundWhen {
  When when{};
  std::size_t begin{};
  std::size_t end{};
  std::string doubt{};  ///< What else the words could mean, if they are unclear.
};

/// The first date or time in a sentence: from the earliest word that begins one, the longest. Words
/// that are something else more often ("may", "second") do not count alone.
std::optional<FoundWhen> find_when(std::string_view sentence);

}  // namespace common
