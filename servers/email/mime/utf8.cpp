#include "servers/email/mime/utf8.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>

namespace email {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Lead {
  int more;           ///< Continuation bytes that follow.
  char32_t bits;      ///< What the first byte contributes.
  char32_t smallest;  ///< Anything less is an overlong form.
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{1, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return Lead{2, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return Lead{3, byte & 0x07U, 0x10000};
  return std::nullopt;
}

bool is_dropped(char32_t code) {
  if (code < 0x20) return code != '\t' && code != '\n';
  if (code >= 0x7F && code <= 0x9F) return true;
  // Marks that reverse the direction of text make "gpj.exe" look like "exe.jpg"; U+FEFF is a byte
  // order mark.
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

struct CloseIconv {
  void operator()(iconv_t handle) const { iconv_close(handle); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseIconv>;

/// Names in lower case, '_' as '-'.
std::string charset_key(std::string_view charset) {
  std::string key;
  for (const char c : charset) {
    if (c == '_') key += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == ':')
      key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return key;
}

/// Senders name the small charset and use the large one; so do all mail readers read it.
std::string charset_meant(const std::string& key) {
  constexpr std::array<std::array<std::string_view, 2>, 12> kMeant{{
      {"iso-8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"latin-1", "windows-1252"},
      {"iso8859-1", "windows-1252"},
      {"gb2312", "gb18030"},
      {"gbk", "gb18030"},
      {"ks-c-5601-1987", "cp949"},
      {"euc-kr", "cp949"},
      {"shift-jis", "cp932"},
      {"x-sjis", "cp932"},
      {"iso-8859-8-i", "iso-8859-8"},
      {"x-gbk", "gb18030"},
  }};
  for (const auto& [named, meant] : kMeant)
    if (key == named) return std::string(meant);
  if (key.starts_with("cp-")) return "cp" + key.substr(3);
  return key;
}

std::string with_replacements(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < 0x80)
      out += c;
    else
      append_code_point(out, kReplacement);
  }
  return out;
}

std::string convert(iconv_t converter, std::string_view bytes) {
  std::string out;
  std::array<char, 4096> buffer;
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t in_left = bytes.size();
  while (in_left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(converter, &in, &in_left, &to, &room);
    const int problem = result == static_cast<std::size_t>(-1) ? errno : 0;
    out.append(buffer.data(), buffer.size() - room);
    if (problem == 0 || problem == E2BIG) continue;
    append_code_point(out, kReplacement);
    if (problem == EINVAL) break;  // a character cut off at the end
    ++in;
    --in_left;
  }
  char* to = buffer.data();
  std::size_t room = buffer.size();
  iconv(converter, nullptr, nullptr, &to, &room);  // what a stateful charset still holds back
  out.append(buffer.data(), buffer.size() - room);
  return out;
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  if (first < 0x80) return first;
  const std::optional<Lead> lead = lead_of(first);
  if (!lead || text.size() < static_cast<std::size_t>(lead->more)) return kReplacement;
  char32_t code = lead->bits;
  for (int i = 0; i < lead->more; ++i) {
    const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
    if ((byte & 0xC0U) != 0x80) return kReplacement;
    code = (code << 6) | (byte & 0x3FU);
  }
  if (code < lead->smallest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
    return kReplacement;
  text.remove_prefix(static_cast<std::size_t>(lead->more));
  return code;
}

void append_code_point(std::string& out, char32_t code) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view before = bytes;
    if (take_code_point(bytes) != kReplacement) continue;
    if (!before.starts_with("\xEF\xBF\xBD")) return false;
  }
  return true;
}

std::string clean_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    char32_t code = take_code_point(text);
    if (code == '\r') {
      if (text.starts_with('\n')) continue;
      code = '\n';
    }
    if (!is_dropped(code)) append_code_point(out, code);
  }
  return out;
}

std::string clean_line(std::string_view text, std::size_t max_bytes) {
  constexpr std::string_view kEllipsis = "…";
  std::string out;
  bool blank = false;
  while (!text.empty()) {
    const char32_t code = take_code_point(text);
    if (code == ' ' || code == '\t' || code == '\n' || code == '\r') {
      blank = !out.empty();
      continue;
    }
    if (is_dropped(code)) continue;
    if (blank) out += ' ';
    blank = false;
    append_code_point(out, code);
    if (out.size() <= max_bytes) continue;
    out = std::string(utf8_prefix(out, max_bytes - std::min(max_bytes, kEllipsis.size())));
    return out + std::string(kEllipsis);
  }
  return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0U) == 0x80)
    --max_bytes;
  return text.substr(0, max_bytes);
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  constexpr std::size_t kCharsetNameMax = 40;
  const std::string key = charset_key(charset.substr(0, kCharsetNameMax));
  const bool unnamed =
      key.empty() || key == "us-ascii" || key == "ascii" || key == "ansi-x3.4-1968";
  if ((unnamed && is_utf8(bytes)) || key == "utf-8" || key == "utf8") return std::string(bytes);
  const std::string meant = unnamed ? "windows-1252" : charset_meant(key);
  const iconv_t opened = iconv_open("UTF-8", meant.c_str());
  // iconv_open's failure is the value -1, not null.
  if (reinterpret_cast<std::intptr_t>(opened) == -1) return with_replacements(bytes);
  const Converter converter(opened);
  return convert(converter.get(), bytes);
}

}  // namespace email
