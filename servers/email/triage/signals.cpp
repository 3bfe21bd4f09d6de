#include "servers/email/triage/signals.hpp"

#include <optional>
#include <utility>

#include "servers/email/mime/utf8.hpp"
#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/view.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kUrlsMax = 200;

/// The addresses in plain text, and those of the HTML's links.
std::vector<std::string> urls_of(const Mail& mail, std::string_view text) {
  std::vector<std::string> out;
  for (const Mail::Link& link : mail.links) {
    if (out.size() < kUrlsMax) out.push_back(link.url);
  }
  for (std::size_t at = text.find("http"); at != std::string_view::npos && out.size() < kUrlsMax;
       at = text.find("http", at + 4)) {
    const std::string_view url = text.substr(at, text.find_first_of(" \t\n\"'<>)", at) - at);
    if (url.find("://") != std::string_view::npos) out.emplace_back(url);
  }
  return out;
}

/// "dropbox-share.example" for Dropbox: a word of the name, and more behind a hyphen or digits.
bool borrows_name(const View& view) {
  constexpr std::size_t kWordLeast = 4;
  const std::string_view label = std::string_view(view.owner).substr(0, view.owner.find('.'));
  const bool has_tail = std::ranges::any_of(label, [](char c) { return c == '-' || is_digit(c); });
  if (!has_tail || view.mail.from.empty()) return false;
  return std::ranges::any_of(words(view.mail.from.front().name, 10), [&](const std::string& word) {
    return word.size() >= kWordLeast && label.find(word) != std::string_view::npos;
  });
}

/// What only several things together show. For spam: a message that frightens about an account
/// while neither links nor answers lead to its sender, and a page in the name of somebody to whom
/// the address does not belong. Against: name, address and links that belong together.
void look_at_the_whole(View& view) {
  view.set(Signal::BorrowedName, view.mail.has_html && borrows_name(view));
  view.set(Signal::Consistent, !view.targets.empty() && !view.has(Signal::LinkElsewhere) &&
                                   !view.has(Signal::NameUnrelated) &&
                                   !view.has(Signal::NameMissing) &&
                                   !view.has(Signal::BorrowedName));
  if (view.has(Signal::IsReply) || view.has(Signal::ListPost)) return;
  const bool all_elsewhere = view.out[static_cast<std::size_t>(Signal::LinkElsewhere)] > 0.99F;
  const bool answers_elsewhere = view.targets.empty() && view.has(Signal::ReplyElsewhere);
  const bool talks_of_account = view.has(Signal::Threat) || view.has(Signal::Credential);
  view.set(Signal::Lure, talks_of_account && (all_elsewhere || answers_elsewhere));
  view.set(Signal::PageElsewhere,
           all_elsewhere && view.has(Signal::HtmlOnly) && !view.has(Signal::ListUnsubscribe));
  constexpr float kOwnPage = 0.6F;  // The links fit the address, if not the name.
  if (view.has(Signal::NameUnrelated) && !view.has(Signal::ListUnsubscribe)) {
    view.set(Signal::ForeignName, all_elsewhere && view.mail.has_html                 ? 1.0F
                                  : !view.targets.empty() && view.mail.text_from_html ? kOwnPage
                                                                                      : 0.0F);
  }
}

}  // namespace

Signals signals_of(const Mail& mail) {
  Signals out{};
  const std::string_view text = utf8_prefix(mail.text, kTextMax);
  const std::string sender = mail.from.empty() ? "" : lower(mail.from.front().email);
  View view{.mail = mail,
            .out = out,
            .subject = lower(mail.subject),
            .text = lower(text),
            .sender = sender,
            .owner = owner_of_address(sender),
            .urls = urls_of(mail, text),
            .targets = {}};
  for (const std::string& url : view.urls) {
    if (std::optional<WebAddress> target = read_web_address(url)) {
      view.targets.push_back(std::move(*target));
    }
  }
  look_at_headers(view);
  look_at_route(view);
  look_at_subject(view);
  look_at_text(view);
  look_at_links(view);
  look_at_the_whole(view);
  return out;
}

}  // namespace email::triage
