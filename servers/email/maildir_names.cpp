#include "servers/email/maildir_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

struct RoleName {
  std::string_view name;
  MailRole role;
};

constexpr std::array<RoleName, 20> kRoleNames{{
    {"inbox", MailRole::Inbox},
    {"drafts", MailRole::Drafts},
    {"draft", MailRole::Drafts},
    {"sent", MailRole::Sent},
    {"sent mail", MailRole::Sent},
    {"sent items", MailRole::Sent},
    {"sent messages", MailRole::Sent},
    {"archive", MailRole::Archive},
    {"archives", MailRole::Archive},
    {"archived", MailRole::Archive},
    {"all mail", MailRole::Archive},
    {"spam", MailRole::Spam},
    {"junk", MailRole::Spam},
    {"junk mail", MailRole::Spam},
    {"junk e-mail", MailRole::Spam},
    {"bulk mail", MailRole::Spam},
    {"trash", MailRole::Trash},
    {"deleted items", MailRole::Trash},
    {"deleted messages", MailRole::Trash},
    {"bin", MailRole::Trash},
}};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::optional<char32_t> base64_digit(char c) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  const std::size_t at = kDigits.find(c);
  return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<char32_t>(at));
}

/// The UTF-16 that stands between '&' and '-' in modified base64; nothing if it is not that.
std::optional<std::string> decoded_run(std::string_view run) {
  std::string out;
  char32_t bits = 0;
  int count = 0;
  char32_t high = 0;
  for (const char c : run) {
    const std::optional<char32_t> digit = base64_digit(c);
    if (!digit) return std::nullopt;
    bits = ((bits << 6) | *digit) & 0xFFFFFF;
    count += 6;
    if (count < 16) continue;
    count -= 16;
    const char32_t unit = (bits >> count) & 0xFFFF;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (high == 0) return std::nullopt;
      append_code_point(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      high = 0;
    } else {
      append_code_point(out, unit);
    }
  }
  return high == 0 ? std::optional(out) : std::nullopt;
}

/// RFC 3501, 5.1.3. What is not well formed stays as it is.
std::string from_modified_utf7(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.starts_with('&') ? text.find('-') : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::string_view run = text.substr(1, end - 1);
    const std::optional<std::string> decoded = run.empty() ? "&" : decoded_run(run);
    out += decoded ? *decoded : std::string(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

std::string_view role_name(MailRole role) {
  constexpr std::array<std::string_view, 7> kNames{"none",    "inbox", "drafts", "sent",
                                                   "archive", "spam",  "trash"};
  return kNames.at(static_cast<std::size_t>(role));
}

MailRole role_of(std::string_view folder_name) {
  std::string name = lower(folder_name);
  for (const std::string_view prefix : {"inbox/", "inbox.", "[gmail]/"})
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  const auto* const found = std::ranges::find(kRoleNames, name, &RoleName::name);
  return found == kRoleNames.end() ? MailRole::None : found->role;
}

std::string_view unique_part(std::string_view file_name) {
  const std::string_view base = file_name.substr(0, file_name.find(':'));
  const std::size_t suffix = base.rfind(",U=");
  if (suffix == std::string_view::npos) return base;
  const bool digits = std::ranges::all_of(base.substr(suffix + 3),
                                          [](unsigned char c) { return std::isdigit(c) != 0; });
  return digits ? base.substr(0, suffix) : base;
}

std::string_view flag_letters(std::string_view file_name) {
  const std::size_t colon = file_name.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view info = file_name.substr(colon + 1);
  return info.starts_with("2,") ? info.substr(2) : std::string_view();
}

std::string with_flags(std::string_view file_name, std::string letters) {
  std::ranges::sort(letters);
  letters.erase(std::ranges::unique(letters).begin(), letters.end());
  return std::string(file_name.substr(0, file_name.find(':'))) + ":2," + letters;
}

std::string changed_flags(std::string_view flags, std::string_view added,
                          std::string_view removed) {
  std::string out;
  for (const char c : flags)
    if (removed.find(c) == std::string_view::npos) out += c;
  for (const char c : added)
    if (out.find(c) == std::string::npos) out += c;
  std::ranges::sort(out);
  return out;
}

std::string folder_name(std::string_view path) {
  if (path.empty()) return "INBOX";
  std::string name(path);
  if (name.starts_with('.')) {
    name.erase(0, 1);
    std::ranges::replace(name, '.', '/');
  }
  return clean_text(from_modified_utf7(name));
}

bool is_sane_name(std::string_view name) {
  constexpr std::size_t kNameMax = 255;
  return !name.empty() && name.size() <= kNameMax &&
         std::ranges::all_of(name, [](unsigned char c) { return c >= 0x20 && c != 0x7F; });
}

}  // namespace email
