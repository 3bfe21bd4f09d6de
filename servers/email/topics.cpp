#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "servers/common/words.hpp"
#include "servers/email/index.hpp"

namespace email {
namespace {

constexpr std::array<std::string_view, 12> kPrefixes{"re", "fwd", "fw", "aw",  "wg", "odp",
                                                     "pd", "sv",  "vs", "ref", "rv", "tr"};

/// Where the subject goes on after "Re: ", "Re[2]:" or "Fwd:"; 0 if it has no such prefix.
std::size_t prefix_length(std::string_view subject) {
  const std::size_t colon = subject.find(':');
  if (colon == std::string_view::npos) return 0;
  std::string_view word = subject.substr(0, colon);
  word = word.substr(0, word.find_first_of("[( "));
  if (std::ranges::find(kPrefixes, word) == kPrefixes.end()) return 0;
  const std::size_t next = subject.find_first_not_of(' ', colon + 1);
  return next == std::string_view::npos ? subject.size() : next;
}

}  // namespace

std::string spoken(const Mail::Address& address) {
  if (address.name.empty()) return address.email;
  return address.name + " <" + address.email + ">";
}

std::string topic_of(std::string_view subject) {
  std::string topic = common::folded(subject);
  while (const std::size_t prefix = prefix_length(topic)) topic.erase(0, prefix);
  return topic;
}

bool is_answer(std::string_view subject) {
  return prefix_length(common::folded(subject)) > 0;
}

}  // namespace email
