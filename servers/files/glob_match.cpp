#include <glib.h>

#include <algorithm>
#include <bitset>

#include "servers/files/glob_sequence.hpp"

namespace files {
namespace {

constexpr std::size_t kUnitsMax = 1024;  // file systems allow 255 bytes
using Places = std::bitset<kUnitsMax + 1>;

bool is_of(std::string_view posix, char16_t unit) {
  const GUnicodeType type = g_unichar_type(unit);
  const auto one_of = [&](std::initializer_list<GUnicodeType> types) {
    return std::ranges::find(types, type) != types.end();
  };
  const bool letter =
      one_of({G_UNICODE_UPPERCASE_LETTER, G_UNICODE_LOWERCASE_LETTER, G_UNICODE_TITLECASE_LETTER,
              G_UNICODE_MODIFIER_LETTER, G_UNICODE_OTHER_LETTER, G_UNICODE_LETTER_NUMBER});
  const bool digit = type == G_UNICODE_DECIMAL_NUMBER;
  const bool separator =
      one_of({G_UNICODE_SPACE_SEPARATOR, G_UNICODE_LINE_SEPARATOR, G_UNICODE_PARAGRAPH_SEPARATOR});
  const bool other = one_of({G_UNICODE_CONTROL, G_UNICODE_FORMAT, G_UNICODE_SURROGATE,
                             G_UNICODE_PRIVATE_USE, G_UNICODE_UNASSIGNED});
  const bool punctuation = one_of({G_UNICODE_CONNECT_PUNCTUATION, G_UNICODE_DASH_PUNCTUATION,
                                   G_UNICODE_CLOSE_PUNCTUATION, G_UNICODE_FINAL_PUNCTUATION,
                                   G_UNICODE_INITIAL_PUNCTUATION, G_UNICODE_OTHER_PUNCTUATION,
                                   G_UNICODE_OPEN_PUNCTUATION});
  if (posix == "alnum") return letter || digit;
  if (posix == "alpha") return letter;
  if (posix == "ascii") return unit < 0x80;
  if (posix == "blank") return type == G_UNICODE_SPACE_SEPARATOR || unit == '\t';
  if (posix == "cntrl") return type == G_UNICODE_CONTROL;
  if (posix == "digit") return digit;
  if (posix == "graph") return !separator && !other;
  if (posix == "lower") return type == G_UNICODE_LOWERCASE_LETTER;
  if (posix == "print") return !other;
  if (posix == "punct") return punctuation;
  if (posix == "space") return separator || (unit >= '\t' && unit <= '\r');
  if (posix == "upper") return type == G_UNICODE_UPPERCASE_LETTER;
  if (posix == "word") return letter || digit || type == G_UNICODE_CONNECT_PUNCTUATION;
  return unit < 0x80 && g_ascii_isxdigit(static_cast<char>(unit)) != 0;  // xdigit
}

/// Where a sequence can end, for every place where it can begin: no backtracking, so that no
/// pattern takes long.
class Matcher {
 public:
  explicit Matcher(std::u16string_view name) : name_(name) {}

  bool matches(const std::vector<GlobNode>& nodes) const {
    Places start;
    start.set(0);
    return ends(nodes, start).test(name_.size());
  }

 private:
  Places ends(const std::vector<GlobNode>& nodes, Places places) const {
    for (const GlobNode& node : nodes) {
      if (places.none()) break;
      places = after(node, places);
    }
    return places;
  }

  Places after(const GlobNode& node, const Places& places) const {
    switch (node.kind) {
      case GlobNode::Kind::Unit:
        return step(places, [&](char16_t unit) { return unit == node.unit; });
      case GlobNode::Kind::Any:
        return step(places, [](char16_t) { return true; });
      case GlobNode::Kind::Class:
        return step(places, [&](char16_t unit) { return node.set.contains(unit); });
      case GlobNode::Kind::Star:
        return onwards(places._Find_first() + (node.nonempty ? 1 : 0));
      case GlobNode::Kind::Group:
        return node.group == '!' ? after_none_of(node, places) : after_group(node, places);
      case GlobNode::Kind::Never:
        break;
    }
    return {};
  }

  template <class Fits>
  Places step(const Places& places, Fits fits) const {
    Places next;
    for (std::size_t at = places._Find_first(); at < name_.size(); at = places._Find_next(at)) {
      if (fits(name_[at])) next.set(at + 1);
    }
    return next;
  }

  Places onwards(std::size_t from) const {
    Places places;
    for (std::size_t at = from; at <= name_.size(); ++at) places.set(at);
    return places;
  }

  Places any_of(const GlobNode& node, const Places& places) const {
    Places next;
    for (const auto& alternative : node.alternatives) next |= ends(alternative, places);
    return next;
  }

  Places after_group(const GlobNode& node, const Places& places) const {
    Places next = any_of(node, places);
    if (node.group == '+' || node.group == '*') {
      for (Places more = next; more.any();) {
        more = any_of(node, more) & ~next;
        next |= more;
      }
    }
    if (node.group == '?' || node.group == '*') next |= places;
    return next;
  }

  /// Any text at a place from which neither alternative, with all that follows, leads to the end.
  Places after_none_of(const GlobNode& node, const Places& places) const {
    for (std::size_t at = places._Find_first(); at <= name_.size(); at = places._Find_next(at)) {
      Places start;
      start.set(at);
      if (!ends(node.rest, any_of(node, start)).test(name_.size())) return onwards(at);
    }
    return {};
  }

  std::u16string_view name_;
};

}  // namespace

bool GlobClass::contains(char16_t unit) const {
  bool found = std::ranges::any_of(
      ranges, [&](const auto& range) { return unit >= range.first && unit <= range.second; });
  for (const std::string& each : posix) found = found || is_of(each, unit);
  return found != negated;
}

bool matches(const GlobSequence& sequence, std::u16string_view name) {
  return name.size() <= kUnitsMax && Matcher(name).matches(sequence.nodes);
}

std::u16string to_utf16(std::string_view text) {
  std::u16string units;
  while (!text.empty()) {
    const gunichar point = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
    if (point >= static_cast<gunichar>(-2)) {
      units += u'\uFFFD';
      text.remove_prefix(1);
      continue;
    }
    if (point >= 0x10000) {
      units += static_cast<char16_t>(0xD7C0 + (point >> 10U));
      units += static_cast<char16_t>(0xDC00 + (point & 0x3FFU));
    } else {
      units += static_cast<char16_t>(point);
    }
    text.remove_prefix(static_cast<std::size_t>(g_utf8_skip[static_cast<guchar>(text[0])]));
  }
  return units;
}

std::string to_utf8(std::u16string_view text) {
  glong size = 0;
  char* bytes = g_utf16_to_utf8(reinterpret_cast<const gunichar2*>(text.data()),
                                static_cast<glong>(text.size()), nullptr, &size, nullptr);
  std::string made = bytes == nullptr ? "" : std::string(bytes, static_cast<std::size_t>(size));
  g_free(bytes);
  return made;
}

std::size_t utf16_length(std::string_view text) {
  return to_utf16(text).size();
}

}  // namespace files
