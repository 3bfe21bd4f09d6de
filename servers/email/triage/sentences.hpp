#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The sentences that the sender of a message wrote in it.
namespace email::triage {

/// Without quoted lines, what follows "On ... wrote:" or a forwarding line, and the signature.
std::string new_text(std::string_view text);

/// Sentences in order, each one line, at most `max` of them. A line break ends a sentence where the
/// line is short, a blank line or a bullet always does; the point of "Mr." or "e.g." does not.
std::vector<std::string> sentences(std::string_view text, std::size_t max);

}  // namespace email::triage
