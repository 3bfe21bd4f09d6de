#include <array>
#include <chrono>

#include "servers/email/mime/utf8.hpp"
#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/view.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

std::string_view local_part(std::string_view address) {
  return address.substr(0, address.find('@'));
}

/// The header as it stands in the file, folded lines included.
std::string_view raw_header(const Mail& mail, std::string_view name) {
  std::string_view rest = mail.raw_headers;
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    while (end != std::string_view::npos && end + 1 < rest.size() &&
           (rest[end + 1] == ' ' || rest[end + 1] == '\t')) {
      end = rest.find('\n', end + 1);
    }
    const std::string_view line = rest.substr(0, end);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        lower(line.substr(0, name.size())) == name) {
      return line.substr(name.size() + 1);
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return {};
}

bool starts_as_reply(std::string_view small_subject) {
  constexpr std::array<std::string_view, 5> kMarks = {"re:", "fw:", "fwd:", "aw:", "sv:"};
  return std::ranges::any_of(
      kMarks, [&](std::string_view mark) { return small_subject.starts_with(mark); });
}

/// True if the address has a word of the name (its first four letters), or the initials.
bool name_fits(std::string_view name, std::string_view address) {
  std::vector<std::string> parts = words(name, 10);
  std::string initials;
  for (const std::string& word : parts) initials += word.front();
  if (initials.size() >= 3 && address.find(initials) != std::string_view::npos) return true;
  std::erase_if(parts, [](const std::string& word) { return word.size() < 3; });
  return parts.empty() || std::ranges::any_of(parts, [&](const std::string& word) {
           return address.find(word.substr(0, 4)) != std::string_view::npos;
         });
}

/// The address of an office or a program, as those have it who send to subscribers.
bool has_role(std::string_view local) {
  constexpr auto kRoles = std::to_array<std::string_view>(
      {"news", "letter", "noreply", "no-reply", "donotreply", "alert", "notif", "editor", "digest",
       "subscri", "info", "support", "update", "service", "team"});
  return std::ranges::any_of(
      kRoles, [&](std::string_view role) { return local.find(role) != std::string_view::npos; });
}

void look_at_conversation(View& view) {
  const Mail& mail = view.mail;
  const bool reply = !mail.in_reply_to.empty() || !mail.references.empty();
  view.set(Signal::IsReply, reply);
  view.set(Signal::ClaimsReply, !reply && starts_as_reply(view.subject));
  view.set(Signal::Quotes,
           mail.text.starts_with('>') || mail.text.find("\n>") != std::string::npos);
  view.set(Signal::Signature, mail.text.find("\n-- \n") != std::string::npos ||
                                  mail.text.find("\n--\n") != std::string::npos);
  view.set(Signal::ListPost, !mail.header("List-Post").empty() || !mail.header("List-Id").empty());
  view.set(Signal::ListUnsubscribe, !mail.header("List-Unsubscribe").empty());
  const std::string precedence = lower(mail.header("Precedence"));
  view.set(Signal::Bulk, precedence == "bulk" || precedence == "list");
  const std::size_t close = mail.subject.find(']');
  view.set(Signal::SubjectTag,
           close < 40 && mail.subject.substr(0, 8).find('[') != std::string::npos);
}

void look_at_sender(View& view) {
  constexpr std::size_t kCopyAddressLeast = 30;
  const Mail& mail = view.mail;
  const std::string name = mail.from.empty() ? "" : mail.from.front().name;
  const std::string_view local = local_part(view.sender);
  const bool names_address = name.find('@') != std::string::npos;
  view.set(Signal::NameMissing, name.empty());
  view.set(Signal::NameIsOtherAddress,
           names_address && lower(name).find(view.sender) == std::string::npos);
  view.set(Signal::NameUnrelated, !name.empty() && !names_address && !name_fits(name, view.sender));
  view.set(Signal::NameCapitals, count_of(name, is_alpha) > 4 && capitals_share(name) > 0.99F);
  // Bulk mail of some firms comes from an address of its own for each copy: that is not made up.
  const bool numbered_copy = local.size() > kCopyAddressLeast;
  view.set(Signal::SenderDigits, numbered_copy ? 0.0F : share(count_of(local, is_digit), 4));
  view.set(Signal::SenderRandom, !numbered_copy && looks_random(local));
  view.set(Signal::SenderHostOdd, is_odd_host(view.owner) || looks_random(view.owner));
  view.set(Signal::SenderRole, has_role(local));
  view.set(Signal::SenderEnding, has_cheap_ending(view.owner));
  view.set(Signal::ReplyElsewhere, !mail.reply_to.empty() && !view.has(Signal::ListPost) &&
                                       owner_of_address(mail.reply_to.front().email) != view.owner);
  const std::string bounce = owner_of_address(mail.header("Return-Path"));
  const bool by_list = view.has(Signal::ListPost) || view.has(Signal::ListUnsubscribe);
  view.set(Signal::BounceElsewhere, !bounce.empty() && bounce != view.owner && !by_list);
}

void look_at_envelope(View& view) {
  const Mail& mail = view.mail;
  const std::size_t at = mail.message_id.find('@');
  view.set(Signal::IdOdd, at == std::string::npos || at == 0 ||
                              mail.message_id.find('.', at) == std::string::npos);
  view.set(Signal::RecipientMissing, mail.to.empty());
  view.set(Signal::RecipientsMany, share(mail.to.empty() ? 0 : mail.to.size() - 1, 8));
  view.set(Signal::ToSender, std::ranges::any_of(mail.to, [&](const Mail::Address& one) {
             return lower(one.email) == view.sender;
           }));
  constexpr std::chrono::sys_days kFirstMail{std::chrono::year{1990} / 1 / 1};
  view.set(Signal::DateBad, !mail.date || mail.date->at < kFirstMail);
  const std::string_view priority = mail.header("X-Priority");
  view.set(Signal::PriorityHigh, priority.starts_with('1') || priority.starts_with('2') ||
                                     lower(mail.header("Importance")) == "high");
}

void look_at_authentication(View& view) {
  const std::string results = lower(view.mail.header("Authentication-Results"));
  const auto found = [&](std::string_view result) {
    return results.find(result) != std::string::npos;
  };
  view.set(Signal::AuthFailed, found("dmarc=fail") || found("spf=fail") || found("spf=softfail"));
  view.set(Signal::AuthPassed, found("dmarc=pass"));
  const std::string signature = lower(view.mail.header("DKIM-Signature"));
  view.set(Signal::Signed, !view.owner.empty() && signature.find(view.owner) != std::string::npos);
}

/// Arrows, dingbats, emoji; not letters of any script.
bool has_picture(std::string_view text) {
  while (!text.empty()) {
    const char32_t code = take_code_point(text);
    if ((code >= 0x2190 && code <= 0x2bff) || (code >= 0x1f000 && code <= 0x1faff)) return true;
  }
  return false;
}

/// Blanks in a row that no folding made, and then something: a code at the end, out of sight.
bool has_gap(std::string_view raw_subject) {
  const std::size_t first = std::min(raw_subject.find_first_not_of(' '), raw_subject.size());
  const std::size_t gap = raw_subject.find("    ", first);
  return gap != std::string_view::npos && raw_subject[gap - 1] != '\n' &&
         raw_subject.find_first_not_of(" \t\r\n", gap) != std::string_view::npos;
}

bool names_reader(const View& view) {
  return std::ranges::any_of(view.mail.to, [&](const Mail::Address& one) {
    const std::string local = lower(local_part(one.email));
    return local.size() > 2 && view.subject.find(local) != std::string::npos;
  });
}

}  // namespace

void look_at_headers(View& view) {
  look_at_conversation(view);
  look_at_sender(view);
  look_at_envelope(view);
  look_at_authentication(view);
}

void look_at_subject(View& view) {
  const std::string& subject = view.mail.subject;
  const std::string_view raw = raw_header(view.mail, "subject");
  view.set(Signal::SubjectCapitals,
           count_of(subject, is_alpha) >= 8 && capitals_share(subject) > 0.6F);
  view.set(Signal::SubjectExclaims, share(count_of(subject, [](char c) { return c == '!'; }), 2));
  view.set(Signal::SubjectMoney,
           sums_of_money(subject) > 0 || subject.find('%') != std::string::npos);
  view.set(Signal::SubjectGap, has_gap(raw));
  view.set(Signal::SubjectNamesReader, names_reader(view));
  view.set(Signal::SubjectCodedNeedlessly, raw.find("=?") != std::string_view::npos &&
                                               std::ranges::none_of(subject, is_beyond_ascii));
  view.set(Signal::SubjectRaw, std::ranges::any_of(raw, is_beyond_ascii));
  view.set(Signal::SubjectSymbols, has_picture(subject));
}

}  // namespace email::triage
