#pragma once

#include <string>
#include <string_view>

/// Letters and digits of ASCII: what is beyond it is left as it is.
namespace email::triage {

inline bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool is_alpha(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z');
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
inline bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = is_upper(c) ? static_cast<char>(c + 32) : c;
  return out;
}

}  // namespace email::triage
