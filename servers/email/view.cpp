#include "servers/email/view.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "servers/common/icalendar/invitation.hpp"
#include "servers/email/mime/layout.hpp"
#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

constexpr std::size_t kPartBytesMax = 48 * 1024;
constexpr std::size_t kLinkBytesMax = 12 * 1024;
constexpr std::size_t kLinksShown = 40;

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
}

/// Where the character number `count` begins; the end if there are fewer.
std::size_t byte_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (!begins_character(text[at])) continue;
    if (count == 0) return at;
    --count;
  }
  return at;
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

/// The part of `text` that is asked for; says in `message` how it goes on.
std::string cut_part(std::string_view text, const Part& part, Message& message) {
  const std::size_t begin = byte_of(text, part.offset);
  const std::string_view rest = text.substr(begin);
  const std::string_view shown =
      utf8_prefix(rest.substr(0, byte_of(rest, part.max_chars)), kPartBytesMax);
  if (begin > 0 || shown.size() < rest.size())
    message.total_chars = static_cast<std::int64_t>(length(text));
  if (shown.size() < rest.size())
    message.next_offset = static_cast<std::int64_t>(part.offset + length(shown));
  return std::string(shown);
}

std::string body_of(const Mail& mail, GetMessagesView view) {
  std::string text = view == GetMessagesView::Unfolded ? mail.text : fold_quotes(mail.text);
  for (const std::string& cut : mail.cut) {
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    text += "[" + cut + "]\n";
  }
  return text;
}

/// Those that lead elsewhere than they say come first.
std::vector<Link> links_of(const Mail& mail) {
  std::vector<Link> links;
  std::size_t bytes = 0;
  std::size_t left_out = 0;
  for (const bool mismatch : {true, false}) {
    for (const Mail::Link& link : mail.links) {
      if (link.mismatch != mismatch) continue;
      bytes += link.text.size() + link.url.size();
      if (links.size() >= kLinksShown || bytes > kLinkBytesMax) {
        ++left_out;
        continue;
      }
      links.push_back({.text = link.text == link.url ? "" : link.text,
                       .url = link.url,
                       .mismatch = link.mismatch});
    }
  }
  if (left_out > 0)
    links.push_back({.text = std::to_string(left_out) + " more links are not listed", .url = {}});
  return links;
}

}  // namespace

void show(const Mail& mail, const Part& part, const common::Zone& zone, Message& message) {
  message.snippet.clear();  // the text says it
  if (part.view == GetMessagesView::Headers) {
    message.headers = cut_part(mail.raw_headers, part, message);
    return;
  }
  message.text = cut_part(body_of(mail, part.view), part, message);
  if (part.offset > 0) return;
  message.links = links_of(mail);
  if (!mail.calendar.empty()) message.invitation = icalendar::read_invitation(mail.calendar, zone);
}

}  // namespace email
