#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace common {

/// How something repeats: an RRULE (RFC 5545, 3.3.10) without its name, "FREQ=WEEKLY;BYDAY=TU".
struct Repeat {
  std::string rrule{};
  /// The words of a last day that only a clock can date ("june"): Times::settled makes them the
  /// UNTIL of `rrule`. Empty in what it returns.
  std::string until{};
  /// The next time counts from when the last one was completed, not from when it was due.
  bool after_completion{};
  friend bool operator==(const Repeat&, const Repeat&) = default;
};

/// Reads an RRULE, with or without "RRULE:", or words such as "weekly", "every 2 weeks on tue",
/// "monthly on the 3rd", "every first monday until june", "daily 5 times"; either may end in "after
/// completion". Returns what was expected, if the text is neither.
std::optional<std::string> parse(std::string_view text, Repeat& out);
/// The RRULE, then " until <words>" and " after completion" where they hold; `parse` reads it back.
std::string to_string(const Repeat& repeat);

/// A repeat among other words, and its bytes in the text: "water plants every 2 days".
struct FoundRepeat {
  Repeat repeat{};
  std::size_t begin{};
  std::size_t end{};
};

/// The first repeat in a sentence; the longest that begins there. No RRULE is looked for.
std::optional<FoundRepeat> find_repeat(std::string_view sentence);

}  // namespace common
