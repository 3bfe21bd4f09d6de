#include <array>
#include <set>
#include <span>

#include "servers/email/mime/utf8.hpp"
#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/lexicon.hpp"
#include "servers/email/triage/view.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kIdeasMax = 1200;  // What a message is about stands at its start.
constexpr std::size_t kCodePointsMax = 8 * 1024;
constexpr std::size_t kGarbledRun = 4;

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    longest = std::max(longest, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

/// What of a text can only be told from its code points.
struct Letters {
  std::size_t all{};
  std::size_t undecodable{};
  std::size_t invisible{};
  std::size_t mixed_words{};  ///< Latin and Greek or Cyrillic letters in one.
  std::size_t garbled{};      ///< Longest run of Latin letters with accents: no language has such.
};

Letters letters_of(std::string_view text) {
  Letters out;
  bool latin = false;
  bool other = false;
  std::size_t accents = 0;
  while (!text.empty() && out.all < kCodePointsMax) {
    const char32_t code = take_code_point(text);
    ++out.all;
    accents = code >= 0xa1 && code <= 0xff ? accents + 1 : 0;
    out.garbled = std::max(out.garbled, accents);
    out.undecodable += code == 0xfffd ? 1 : 0;
    const bool hidden =
        (code >= 0x200b && code <= 0x200d) || code == 0x2060 || code == 0xfeff || code == 0xad;
    out.invisible += hidden ? 1 : 0;
    const bool is_latin = code < 0x80 && is_alpha(static_cast<char>(code));
    const bool is_other = code >= 0x370 && code < 0x530;
    if (is_latin || is_other) {
      latin = latin || is_latin;
      other = other || is_other;
    } else if (!hidden) {
      out.mixed_words += latin && other ? 1 : 0;
      latin = other = false;
    }
  }
  return out;
}

void look_at_letters(View& view) {
  const Mail& mail = view.mail;
  const std::string name = mail.from.empty() ? "" : mail.from.front().name;
  const Letters letters = letters_of(name + " \n" + mail.subject + " \n" + mail.text);
  view.set(Signal::InvisibleMarks, share(letters.invisible, 3));
  view.set(Signal::MixedScript, share(letters.mixed_words, 2));
  view.set(Signal::Garbled, letters.garbled >= kGarbledRun);
  view.set(Signal::Undecodable, share(letters.undecodable, 5));
}

void look_at_ideas(View& view) {
  const std::string start = view.subject + '\n' + view.text.substr(0, kIdeasMax);
  view.set(Signal::Threat, share(count_stems(Idea::Threat, start), 2));
  view.set(Signal::Credential, share(count_stems(Idea::Credential, start), 3));
  view.set(Signal::Gain, share(count_stems(Idea::Gain, start), 3));
  view.set(Signal::Imprint, share(count_stems(Idea::Imprint, view.text), 3));
  view.set(Signal::OptOut, count_stems(Idea::OptOut, view.text) > 0);
}

bool ends_in(std::string_view name, std::span<const std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view end) { return name.ends_with(end); });
}

void look_at_attachments(View& view) {
  constexpr std::array<std::string_view, 4> kPages = {".htm", ".html", ".shtml", ".svg"};
  constexpr std::array<std::string_view, 14> kPrograms = {".exe", ".scr", ".pif", ".bat", ".cmd",
                                                          ".js",  ".vbs", ".iso", ".img", ".lnk",
                                                          ".zip", ".rar", ".7z",  ".jar"};
  bool page = false;
  bool program = false;
  for (const Mail::Attachment& attachment : view.mail.attachments) {
    const std::string name = lower(attachment.name);
    page = page || ends_in(name, kPages);
    program = program || ends_in(name, kPrograms);
  }
  view.set(Signal::PageAttached, page);
  view.set(Signal::ProgramAttached, program);
}

/// "%61%62": three or more ASCII characters written as codes before any query.
bool is_coded(std::string_view url) {
  std::size_t codes = 0;
  url = url.substr(0, url.find('?'));
  for (std::size_t i = 0; i + 2 < url.size(); ++i) {
    codes += url[i] == '%' && url[i + 1] >= '2' && url[i + 1] <= '7' ? 1 : 0;
  }
  return codes >= 3;
}

/// Addresses of Bitcoin and Ethereum wallets: nothing else in mail is one long word of that form.
bool has_wallet(std::string_view small_text) {
  constexpr std::size_t kShortest = 26;
  constexpr std::size_t kLongest = 64;
  while (!small_text.empty()) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(small_text, is_alnum) -
                                              small_text.begin());
    const std::string_view word = small_text.substr(0, end);
    const bool begins = word.starts_with("bc1") || word.starts_with("0x") ||
                        word.starts_with('1') || word.starts_with('3');
    const std::size_t digits = count_of(word, is_digit);
    if (begins && word.size() >= kShortest && word.size() <= kLongest && digits >= 3 &&
        digits < word.size() / 2 + 3) {
      return true;
    }
    small_text.remove_prefix(std::min(end + 1, small_text.size()));
  }
  return false;
}

/// True if a link that is not for unsubscribing carries the address of a recipient.
bool carries_reader(const View& view, std::string_view url) {
  constexpr auto kOfSubscribers =
      std::to_array<std::string_view>({"subscri", "remove", "optout", "opt-out", "manage", "prefer",
                                       "profile", "forward", "friend"});
  const std::string small = lower(url);
  const auto names = [&](std::string_view word) { return small.find(word) != std::string::npos; };
  return std::ranges::none_of(kOfSubscribers, names) &&
         std::ranges::any_of(view.mail.to, [&](const Mail::Address& one) {
           return one.email.size() > 5 && lower(one.email) != view.sender &&
                  small.find(lower(one.email)) != std::string::npos;
         });
}

template <class Things, class Test>
bool any(const Things& things, Test test) {
  return std::ranges::any_of(things, test);
}

}  // namespace

float capitals_share(std::string_view text) {
  const std::size_t letters = count_of(text, is_alpha);
  return letters == 0 ? 0
                      : static_cast<float>(count_of(text, is_upper)) / static_cast<float>(letters);
}

std::size_t sums_of_money(std::string_view text) {
  std::size_t sums = 0;
  for (const std::string_view sign : {"$", "€", "£"}) {
    for (std::size_t at = text.find(sign); at != std::string_view::npos;
         at = text.find(sign, at + sign.size())) {
      const std::size_t after = std::min(at + sign.size(), text.size() - 1);
      const std::size_t before = at == 0 ? 0 : at - (at > 1 && text[at - 1] == ' ' ? 2 : 1);
      sums += is_digit(text[after]) || is_digit(text[before]) ? 1 : 0;
    }
  }
  return sums;
}

void look_at_text(View& view) {
  const Mail& mail = view.mail;
  const std::size_t visible = mail.text.size() - count_of(mail.text, [](char c) {
                                return c == ' ' || c == '\n' || c == '\t';
                              });
  view.set(Signal::HtmlOnly, mail.text_from_html || (mail.has_html && mail.text.empty()));
  view.set(Signal::HiddenText, mail.has_hidden_text);
  view.set(Signal::TextTiny, visible < 150);
  view.set(Signal::TextLong, share(visible, 6000));
  view.set(Signal::BothVersions, mail.has_html && !mail.text_from_html);
  view.set(Signal::PictureOnly, mail.has_html && visible < 40 && !mail.links.empty());
  view.set(Signal::LongLines, !mail.text_from_html && longest_line(mail.text) > 200);
  look_at_letters(view);
  view.set(Signal::Capitals,
           count_of(mail.text, is_alpha) > 50 && capitals_share(mail.text) > 0.25F);
  view.set(Signal::Exclaims, share(count_of(view.text, [](char c) { return c == '!'; }), 8));
  view.set(Signal::Money, share(sums_of_money(view.text), 4));
  const std::string_view greeting = std::string_view(view.text).substr(0, kIdeasMax);
  view.set(Signal::NamesAddress, any(mail.to, [&](const Mail::Address& one) {
             const std::string address = lower(one.email);
             return address.size() > 5 && address != view.sender && !view.has(Signal::Quotes) &&
                    greeting.find(address) != std::string_view::npos;
           }));
  view.set(Signal::WalletAddress, has_wallet(view.text));
  look_at_ideas(view);
  look_at_attachments(view);
}

void look_at_links(View& view) {
  std::size_t elsewhere = 0;
  std::set<std::string> owners;
  for (const WebAddress& target : view.targets) {
    const std::string owner = owner_of(target.host);
    elsewhere += owner != view.owner ? 1 : 0;
    owners.insert(owner);
  }
  const auto& targets = view.targets;
  view.set(Signal::Links, share(targets.size(), 10));
  view.set(Signal::LinksMany, share(std::max<std::size_t>(targets.size(), 10) - 10, 30));
  view.set(Signal::LinkByMail, any(view.mail.links, [&](const Mail::Link& one) {
             return one.url.starts_with("mailto:") &&
                    owner_of_address(one.url.substr(0, one.url.find('?'))) != view.owner;
           }));
  view.set(
      Signal::LinkElsewhere,
      targets.empty() ? 0 : static_cast<float>(elsewhere) / static_cast<float>(targets.size()));
  view.set(Signal::LinkOneTarget, owners.size() == 1);
  view.set(Signal::LinkMismatch,
           any(view.mail.links, [](const Mail::Link& one) { return one.mismatch; }));
  view.set(Signal::LinkNumber,
           any(targets, [](const WebAddress& to) { return is_number(to.host); }));
  view.set(Signal::LinkShared,
           any(targets, [](const WebAddress& to) { return is_shared_host(to.host); }));
  view.set(Signal::LinkUser, any(targets, [](const WebAddress& to) { return to.has_user; }));
  view.set(Signal::LinkPort, any(targets, [](const WebAddress& to) { return to.has_port; }));
  view.set(Signal::LinkOdd,
           any(targets, [](const WebAddress& to) { return is_odd_host(to.host); }));
  view.set(Signal::LinkCoded, any(view.urls, is_coded));
  view.set(Signal::LinkNamesReader, any(view.urls, [&](const std::string& url) {
             const std::optional<WebAddress> to = read_web_address(url);
             return to && owner_of(to->host) != view.owner && carries_reader(view, url);
           }));
}

}  // namespace email::triage
