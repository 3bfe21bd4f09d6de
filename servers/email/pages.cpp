#include "servers/email/pages.hpp"

#include <charconv>
#include <cstdio>

namespace email {
namespace {

constexpr int kDigits = 12;

std::string padded(std::int64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(
      0, static_cast<std::size_t>(kDigits) - std::min<std::size_t>(kDigits, digits.size()), '0');
  return digits;
}

std::optional<std::int64_t> number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && stop == digits.data() + digits.size() ? std::optional(value)
                                                                       : std::nullopt;
}

}  // namespace

std::string key_of(const Message& message) {
  return padded(message.date.at.time_since_epoch().count()) + "." +
         padded(message_row_of(message.id).value_or(0));
}

std::optional<Position> position_of(std::string_view key) {
  if (key.empty()) return std::nullopt;
  const std::size_t dot = key.find('.');
  const std::optional<std::int64_t> date = number(key.substr(0, dot));
  const std::optional<std::int64_t> id =
      dot == std::string_view::npos ? std::nullopt : number(key.substr(dot + 1));
  if (!date || !id) throw common::bad_cursor();
  return Position{.date = *date, .id = *id};
}

MessagePage page_of(MailStore& mail, const Filter& filter, const common::PageSpec& spec,
                    const mcp::Call& call) {
  common::PageSpec newest_first = spec;
  newest_first.order = common::Order::Descending;
  common::Page<Message> page(call, newest_first);
  const auto max = static_cast<std::size_t>(spec.limit) + 1;  // one more shows that there is more
  for (Message& message : mail.list(filter, position_of(page.start()), max)) {
    const std::string key = key_of(message);
    if (!page.offer(key, std::move(message))) break;
  }
  const std::string next = page.next_cursor();
  return {.messages = std::move(page).rows(), .total = mail.count(filter), .next_cursor = next};
}

}  // namespace email
