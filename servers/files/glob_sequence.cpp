#include "servers/files/glob_sequence.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace files {
namespace {

using Nodes = std::vector<GlobNode>;

constexpr int kGroupDepthMax = 2;  // groups nested deeper are read as text, as minimatch does
constexpr std::u16string_view kGroups = u"!?+*@";

constexpr std::array<std::string_view, 14> kPosix = {"alnum", "alpha", "ascii", "blank", "cntrl",
                                                     "digit", "graph", "lower", "print", "punct",
                                                     "space", "upper", "word",  "xdigit"};

/// Which groups a group takes in without counting as nested deeper (minimatch's adoption).
bool adopts(char16_t group, char16_t inner) {
  switch (group) {
    case '*':
    case '+':
      return inner != '!';
    case '!':
    case '?':
    case '@':
      return inner == '?' || inner == '@';
    default:
      return false;
  }
}

/// A class that begins at text[0] == '[', and what it takes up.
struct ClassRead {
  GlobNode node{};
  std::size_t size{};
};

class ClassReader {
 public:
  explicit ClassReader(std::u16string_view text) : text_(text) {}

  /// Nothing if the class has no end.
  std::optional<ClassRead> read() {
    if (at_ < text_.size() && (text_[at_] == '!' || text_[at_] == '^')) {
      set_.negated = true;
      ++at_;
    }
    while (at_ < text_.size()) {
      const char16_t c = text_[at_];
      if (c == ']' && started_ && !escaping_) return finish();
      started_ = true;
      if (c == '\\' && !escaping_) {
        escaping_ = true;
        ++at_;
      } else if (c == '[' && !escaping_ && take_posix()) {
        if (start_ != 0) return ClassRead{.node = {.kind = GlobNode::Kind::Never}, .size = npos};
      } else {
        take_unit(c);
      }
    }
    return std::nullopt;
  }

  static constexpr std::size_t npos = std::u16string_view::npos;

 private:
  bool take_posix() {
    for (const std::string_view name : kPosix) {
      const std::u16string whole = u"[:" + std::u16string(name.begin(), name.end()) + u":]";
      if (text_.substr(at_, whole.size()) != whole) continue;
      at_ += whole.size();
      set_.posix.emplace_back(name);
      return true;
    }
    return false;
  }

  void take_unit(char16_t c) {
    escaping_ = false;
    if (start_ != 0) {  // ranges the wrong way round are left out
      if (c >= start_) set_.ranges.emplace_back(start_, c);
      start_ = 0;
      ++at_;
    } else if (text_.substr(at_ + 1, 2) == u"-]") {
      set_.ranges.emplace_back(c, c);
      set_.ranges.emplace_back(u'-', u'-');
      at_ += 2;
    } else if (text_.substr(at_ + 1, 1) == u"-") {
      start_ = c;
      at_ += 2;
    } else {
      set_.ranges.emplace_back(c, c);
      ++at_;
    }
  }

  ClassRead finish() {
    const std::size_t size = at_ + 1;
    if (set_.ranges.empty() && set_.posix.empty()) {
      return {.node = {.kind = GlobNode::Kind::Never}, .size = npos};
    }
    const bool one = set_.ranges.size() == 1 && set_.posix.empty() && !set_.negated &&
                     set_.ranges[0].first == set_.ranges[0].second;
    if (one)
      return {.node = {.kind = GlobNode::Kind::Unit, .unit = set_.ranges[0].first}, .size = size};
    return {.node = {.kind = GlobNode::Kind::Class, .set = std::move(set_)}, .size = size};
  }

  std::u16string_view text_;
  std::size_t at_{1};
  GlobClass set_{};
  char16_t start_{};  ///< Of a range that has no end yet.
  bool started_{};
  bool escaping_{};
};

/// Text without groups.
Nodes parse_plain(std::u16string_view text, GlobRules rules) {
  Nodes nodes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t c = text[i];
    if (c == '*') {
      if (nodes.empty() || nodes.back().kind != GlobNode::Kind::Star) {
        nodes.push_back({.kind = GlobNode::Kind::Star});
      }
    } else if (c == '\\' && i + 1 < text.size()) {
      nodes.push_back({.kind = GlobNode::Kind::Unit, .unit = text[++i]});
    } else if (c == '[') {
      std::optional<ClassRead> read = ClassReader(text.substr(i)).read();
      if (!read && rules == GlobRules::Git)
        read = {{.kind = GlobNode::Kind::Never}, ClassReader::npos};
      if (!read) read = {{.kind = GlobNode::Kind::Unit, .unit = c}, 1};
      nodes.push_back(std::move(read->node));
      if (read->size == ClassReader::npos) break;
      i += read->size - 1;
    } else {
      nodes.push_back({.kind = c == '?' ? GlobNode::Kind::Any : GlobNode::Kind::Unit, .unit = c});
    }
  }
  return nodes;
}

/// Follows a text to where a group begins or ends, past escapes and classes.
class Scanner {
 public:
  /// True if `c`, the `i`th unit, is to be taken as it stands.
  bool passes(std::size_t i, char16_t c) {
    if (escaping_ || c == '\\') {
      escaping_ = !escaping_;
      return true;
    }
    if (in_class_) {
      if (i == start_ + 1 && (c == '^' || c == '!')) {
        negated_ = true;
      } else if (i > start_ + 1 && c == ']' && !(i == start_ + 2 && negated_)) {
        in_class_ = false;
      }
      return true;
    }
    if (c != '[') return false;
    in_class_ = true;
    negated_ = false;
    start_ = i;
    return true;
  }

 private:
  bool escaping_{};
  bool in_class_{};
  bool negated_{};
  std::size_t start_{};
};

class Parser {
 public:
  Parser(std::u16string_view text, GlobRules rules) : text_(text), rules_(rules) {}

  Nodes sequence() {
    Nodes nodes;
    Scanner scanner;
    std::size_t plain = 0;
    std::size_t i = 0;
    while (i < text_.size()) {
      if (scanner.passes(i, text_[i]) || !begins_group(i) || rules_ == GlobRules::Git) {
        ++i;
        continue;
      }
      take_plain(nodes, plain, i);
      plain = i = group(nodes, i, 0);
    }
    take_plain(nodes, plain, text_.size());
    return nodes;
  }

 private:
  bool begins_group(std::size_t i) const {
    return kGroups.find(text_[i]) != kGroups.npos && text_.substr(i + 1, 1) == u"(";
  }

  void take_plain(Nodes& nodes, std::size_t from, std::size_t to) const {
    Nodes plain = parse_plain(text_.substr(from, to - from), rules_);
    std::ranges::move(plain, std::back_inserter(nodes));
  }

  /// Reads the group at `at` (its type, then the parenthesis), or the rest of the text as plain
  /// where the group has no end. Returns where it ends.
  std::size_t group(Nodes& nodes, std::size_t at, int depth) const {
    GlobNode node{.kind = GlobNode::Kind::Group, .group = text_[at]};
    node.alternatives.emplace_back();
    Scanner scanner;
    std::size_t plain = at + 2;
    std::size_t i = plain;
    while (i < text_.size()) {
      const char16_t c = text_[i];
      if (scanner.passes(i, c)) {
        ++i;
      } else if (begins_group(i) && (depth + 1 <= kGroupDepthMax || adopts(node.group, c))) {
        take_plain(node.alternatives.back(), plain, i);
        const int deeper = adopts(node.group, c) ? depth : depth + 1;
        plain = i = group(node.alternatives.back(), i, deeper);
      } else if (c == '|') {
        take_plain(node.alternatives.back(), plain, i);
        node.alternatives.emplace_back();
        plain = ++i;
      } else if (c == ')') {
        take_plain(node.alternatives.back(), plain, i);
        nodes.push_back(std::move(node));
        return i + 1;
      } else {
        ++i;
      }
    }
    take_plain(nodes, at, text_.size());
    return text_.size();
  }

  std::u16string_view text_;
  GlobRules rules_;
};

/// Gives each "!" group what follows it, and "!()" what it means: anything but nothing.
void complete(Nodes& nodes, const Nodes& after) {
  for (std::size_t i = nodes.size(); i-- > 0;) {
    GlobNode& node = nodes[i];
    if (node.kind != GlobNode::Kind::Group) continue;
    Nodes rest(nodes.begin() + static_cast<std::ptrdiff_t>(i) + 1, nodes.end());
    rest.insert(rest.end(), after.begin(), after.end());
    for (Nodes& alternative : node.alternatives) complete(alternative, rest);
    if (node.group != '!') continue;
    if (node.alternatives.size() == 1 && node.alternatives[0].empty()) {
      node = {.kind = GlobNode::Kind::Star, .nonempty = true};
      continue;
    }
    for (Nodes& alternative : node.alternatives) {
      const bool star = alternative.size() == 1 && alternative[0].kind == GlobNode::Kind::Star;
      if (star) alternative[0].nonempty = true;
    }
    node.rest = std::move(rest);
  }
}

}  // namespace

GlobSequence parse_segment(std::u16string_view text, GlobRules rules) {
  GlobSequence sequence{.nodes = Parser(text, rules).sequence()};
  complete(sequence.nodes, {});
  return sequence;
}

}  // namespace files
