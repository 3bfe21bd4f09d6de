#include "protocol/schema/pattern.hpp"

#include <re2/re2.h>

#include <array>
#include <cctype>
#include <utility>

namespace schema {
namespace {

constexpr std::size_t kPatternMax = 10'000;  // Bytes.
constexpr int kMemoryMax = 4 << 20;          // Of one pattern's program and cache.

// ECMA-262's white space, as members of a class.
constexpr std::string_view kSpaces = R"(\t\n\v\f\r \x{a0}\x{feff}\x{2028}\x{2029}\p{Zs})";
constexpr std::string_view kNoLineEnd = R"([^\n\r\x{2028}\x{2029}])";

// RE2 knows the general categories by their short names only.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kCategories{{
    {"Letter", "L"},
    {"Lowercase_Letter", "Ll"},
    {"Uppercase_Letter", "Lu"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Symbol", "S"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Other", "C"},
}};

std::string category(std::string_view name) {
  const std::size_t equals = name.find('=');
  if (equals != std::string_view::npos) name.remove_prefix(equals + 1);
  for (const auto& [long_name, short_name] : kCategories) {
    if (name == long_name) return std::string(short_name);
  }
  return std::string(name);
}

/// Turns one pattern into RE2's spelling, from left to right.
class Translation {
 public:
  explicit Translation(std::string_view ecma) : ecma_(ecma) {}

  std::string run() {
    while (at_ < ecma_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = ecma_[at_];
    if (c == '\\' && at_ + 1 < ecma_.size()) return escape();
    ++at_;
    if (in_class_) {
      in_class_ = c != ']';
      if (c == '[') out_.push_back('\\');
      out_.push_back(c);
    } else if (c == '[') {
      open_class();
    } else if (c == '.') {
      out_.append(kNoLineEnd);
    } else if (c == '$') {
      out_.append("\\z");
    } else if (c == '^') {
      out_.append("\\A");
    } else if (c == '(' && ecma_.substr(at_).starts_with("?<") &&
               !ecma_.substr(at_).starts_with("?<=") && !ecma_.substr(at_).starts_with("?<!")) {
      out_.append("(?P<");
      at_ += 2;
    } else {
      out_.push_back(c);
    }
  }

  void open_class() {
    const std::string_view rest = ecma_.substr(at_);
    if (rest.starts_with("]")) {  // Nothing.
      out_.append("[^\\x{0}-\\x{10ffff}]");
      at_ += 1;
    } else if (rest.starts_with("^]")) {  // Anything.
      out_.append("[\\x{0}-\\x{10ffff}]");
      at_ += 2;
    } else {
      out_.push_back('[');
      in_class_ = true;
      if (rest.starts_with("^")) {
        out_.push_back('^');
        ++at_;
      }
    }
  }

  void escape() {
    const char c = ecma_[at_ + 1];
    at_ += 2;
    if (c == 's') {
      out_.append(in_class_ ? std::string(kSpaces) : "[" + std::string(kSpaces) + "]");
    } else if (c == 'S' && !in_class_) {
      out_.append("[^" + std::string(kSpaces) + "]");
    } else if (c == 'u') {
      code_unit();
    } else if (c == 'c' && at_ < ecma_.size()) {
      hex(static_cast<unsigned char>(ecma_[at_++]) % 32U);
    } else if ((c == 'p' || c == 'P') && ecma_.substr(at_).starts_with("{")) {
      property(c);
    } else if (c == '0') {
      out_.append("\\x{0}");
    } else if (c == 'b' && in_class_) {
      out_.append("\\x{8}");
    } else if (c == '/' || c == '-') {
      out_.append(c == '-' ? "\\-" : "/");
    } else {
      out_.push_back('\\');  // The same in both, or unknown to both.
      out_.push_back(c);
    }
  }

  void hex(unsigned long value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string digits;
    for (; value > 0 || digits.empty(); value /= 16) digits.insert(0, 1, kDigits[value % 16]);
    out_.append("\\x{" + digits + "}");
  }

  // \uXXXX, a surrogate pair of them, or \u{X...}.
  void code_unit() {
    if (ecma_.substr(at_).starts_with("{")) {
      const std::size_t end = ecma_.find('}', at_);
      out_.append("\\x").append(ecma_.substr(at_, end - at_ + 1));
      at_ = end == std::string_view::npos ? ecma_.size() : end + 1;
      return;
    }
    unsigned long value = four_digits();
    if (value >= 0xd800 && value < 0xdc00 && ecma_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      value = 0x10000 + ((value - 0xd800) << 10U) + (four_digits() - 0xdc00);
    }
    hex(value);
  }

  unsigned long four_digits() {
    unsigned long value = 0;
    for (int i = 0; i < 4 && at_ < ecma_.size(); ++i, ++at_) {
      const auto c = static_cast<unsigned char>(ecma_[at_]);
      if (std::isxdigit(c) == 0) break;
      value = value * 16 + (std::isdigit(c) != 0 ? c - '0' : (c | 0x20U) - 'a' + 10U);
    }
    return value;
  }

  void property(char c) {
    const std::size_t end = ecma_.find('}', at_);
    if (end == std::string_view::npos) return;
    out_.append(std::string("\\") + c + "{" + category(ecma_.substr(at_ + 1, end - at_ - 1)) + "}");
    at_ = end + 1;
  }

  const std::string_view ecma_;
  std::size_t at_{};
  bool in_class_{};
  std::string out_{};
};

}  // namespace

Pattern::Pattern(std::string_view ecma) {
  if (ecma.size() > kPatternMax) {
    problem_ = "it is longer than 10,000 bytes";
    return;
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemoryMax);
  options.set_dot_nl(true);
  regex_ = std::make_unique<RE2>(Translation(ecma).run(), options);
  if (!regex_->ok()) problem_ = regex_->error();
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex_);
}

}  // namespace schema
