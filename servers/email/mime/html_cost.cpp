#include "servers/email/mime/html_cost.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace email {
namespace {

constexpr std::size_t kDepthMax = 300;
constexpr std::size_t kReopenedMax = 400'000;
constexpr std::size_t kAttributesMax = 200;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 15> kVoid{"br",    "img",   "hr",     "meta", "input",
                                                   "link",  "area",  "base",   "col",  "embed",
                                                   "param", "track", "source", "wbr",  "frame"};
  return is_one_of(name, kVoid);
}

bool is_table_part(std::string_view name) {
  constexpr std::array<std::string_view, 6> kParts{"td", "tr", "th", "tbody", "thead", "tfoot"};
  return is_one_of(name, kParts);
}

/// Elements whose end tag may be left out.
bool ends_by_itself(std::string_view name) {
  constexpr std::array<std::string_view, 5> kSelf{"p", "li", "dd", "dt", "option"};
  return is_table_part(name) || is_one_of(name, kSelf);
}

bool is_formatting(std::string_view name) {
  constexpr std::array<std::string_view, 14> kFormatting{"a",     "b",      "big",    "code", "em",
                                                         "font",  "i",      "s",      "nobr", "tt",
                                                         "small", "strike", "strong", "u"};
  return is_one_of(name, kFormatting);
}

/// The open elements as far as good order shows them; whatever is in doubt counts as still open.
class OpenTags {
 public:
  /// False once the limits are passed.
  bool open(const std::string& name) {
    reopened_ += formatting_;
    if (!is_void(name)) {
      if (ends_by_itself(name)) stack_.resize(above(name).value_or(stack_.size()));
      stack_.push_back(name);
      if (is_formatting(name)) ++formatting_;
    }
    return stack_.size() <= kDepthMax && reopened_ <= kReopenedMax;
  }

  void close(std::string_view name) {
    const std::optional<std::size_t> found = above(name);
    if (!found) return;
    stack_.resize(*found);
    if (is_formatting(name)) --formatting_;
  }

 private:
  /// Where `name` is open, with nothing above it but what surely ends with it. A list item may
  /// stand in a definition and the other way round, without end: there only a paragraph surely
  /// ends.
  std::optional<std::size_t> above(std::string_view name) const {
    const bool ends_all = !is_formatting(name) && (is_table_part(name) || !ends_by_itself(name));
    const bool ends_paragraph = ends_all || (ends_by_itself(name) && name != "p");
    std::size_t top = stack_.size();
    while (top > 0 && stack_[top - 1] != name) {
      const std::string& other = stack_[top - 1];
      const bool ends = other == "p" ? ends_paragraph : ends_all && ends_by_itself(other);
      if (!ends) return std::nullopt;
      --top;
    }
    return top == 0 ? std::nullopt : std::optional(top - 1);
  }

  std::vector<std::string> stack_;
  std::size_t formatting_{};
  std::size_t reopened_{};
};

/// Reads the attributes of one tag as the HTML standard tokenizes them.
class TagScan {
 public:
  /// Takes one more character; true at the end of the tag.
  bool ends_with(char c) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    switch (state_) {
      case State::Quoted:
        if (c == quote_) state_ = State::BeforeName;
        return false;
      case State::BeforeValue:
        if (c == '"' || c == '\'') {
          quote_ = c;
          state_ = State::Quoted;
        } else if (!blank) {
          state_ = State::Unquoted;
        }
        return c == '>';
      case State::Unquoted:
        if (blank) state_ = State::BeforeName;
        return c == '>';
      case State::Name:
      case State::AfterName:
        if (c == '=') {
          state_ = State::BeforeValue;
          return false;
        }
        if (blank) state_ = State::AfterName;
        if (state_ == State::Name && c != '/') return c == '>';
        break;
      case State::BeforeName:
        break;
    }
    if (c == '/') {
      state_ = State::BeforeName;
    } else if (!blank && c != '>') {
      ++attributes_;
      state_ = State::Name;
    }
    return c == '>';
  }
  std::size_t attributes() const { return attributes_; }

 private:
  enum class State : std::uint8_t { BeforeName, Name, AfterName, BeforeValue, Unquoted, Quoted };
  State state_{State::BeforeName};
  char quote_{};
  std::size_t attributes_{};
};

/// Tags in comments, scripts and values are taken for tags too, so wherever the parser sees a tag,
/// it was judged from its real beginning. `budget` bounds the bytes read twice.
bool has_many_attributes(std::string_view tag, std::size_t& budget) {
  TagScan scan;
  for (const char c : tag) {
    if (budget == 0) return true;
    --budget;
    if (scan.ends_with(c)) return false;
    if (scan.attributes() > kAttributesMax) return true;
  }
  return false;
}

}  // namespace

bool is_costly_html(std::string_view html) {
  constexpr std::size_t kNameMax = 12;
  constexpr std::size_t kTimesRead = 8;
  OpenTags tags;
  std::size_t budget = kTimesRead * html.size();
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    ++at;
    const bool closing = at < html.size() && html[at] == '/';
    if (closing) ++at;
    std::string name;
    while (at < html.size() && std::isalnum(static_cast<unsigned char>(html[at])) != 0 &&
           name.size() < kNameMax)
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(html[at++])));
    if (name.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0) continue;
    if (has_many_attributes(html.substr(at), budget)) return true;
    if (closing) tags.close(name);
    if (!closing && !tags.open(name)) return true;
  }
  return false;
}

}  // namespace email
