#include "servers/files/glob_segment.hpp"

#include <algorithm>

#include "servers/files/glob_sequence.hpp"

namespace files {
namespace {

bool all_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

bool has_magic(std::string_view text) {
  return text.find_first_of("+@!?*[(") != std::string_view::npos;
}

bool only(const std::vector<GlobNode>& nodes, std::initializer_list<GlobNode::Kind> kinds) {
  return std::ranges::all_of(nodes, [&](const GlobNode& node) {
    return std::ranges::find(kinds, node.kind) != kinds.end() && !node.nonempty;
  });
}

/// The literal pieces, the stars between them; a star at either end leaves an empty piece there.
std::vector<std::string> pieces_of(const std::vector<GlobNode>& nodes) {
  std::vector<std::u16string> pieces(1);
  for (const GlobNode& node : nodes) {
    if (node.kind == GlobNode::Kind::Star) {
      pieces.emplace_back();
    } else {
      pieces.back() += node.unit;
    }
  }
  std::vector<std::string> bytes;
  for (const std::u16string& piece : pieces) bytes.push_back(to_utf8(piece));
  return bytes;
}

/// "+()" with nothing in it, as a whole segment, is its own text.
bool is_empty_group(const std::vector<GlobNode>& nodes) {
  return nodes.size() == 1 && nodes[0].kind == GlobNode::Kind::Group && nodes[0].group != '!' &&
         std::ranges::all_of(nodes[0].alternatives, [](const auto& each) { return each.empty(); });
}

bool fits_pieces(std::string_view name, const std::vector<std::string>& pieces) {
  const std::string& first = pieces.front();
  const std::string& last = pieces.back();
  if (name.size() < first.size() + last.size()) return false;
  if (!name.starts_with(first) || !name.ends_with(last)) return false;
  name.remove_prefix(first.size());
  name.remove_suffix(last.size());
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    const std::size_t at = name.find(pieces[i]);
    if (at == std::string_view::npos) return false;
    name.remove_prefix(at + pieces[i].size());
  }
  return true;
}

}  // namespace

GlobSegment::GlobSegment(std::string_view text, GlobRules rules) {
  if (text == "**") {
    kind_ = Kind::Globstar;
    return;
  }
  if (rules == GlobRules::Minimatch && is_quick(text)) return;
  auto sequence = std::make_shared<GlobSequence>(parse_segment(to_utf16(text), rules));
  if (is_empty_group(sequence->nodes)) {
    kind_ = Kind::Literal;
    text_ = text;
  } else if (only(sequence->nodes, {GlobNode::Kind::Unit, GlobNode::Kind::Star})) {
    pieces_ = pieces_of(sequence->nodes);
    kind_ = pieces_.size() == 1 ? Kind::Literal : Kind::Pieces;
    text_ = pieces_.front();
  } else {
    kind_ = Kind::Sequence;
    sequence_ = std::move(sequence);
  }
}

/// What minimatch tests without a regular expression, which differs where the rest of the segment
/// holds a backslash: it stands for itself there.
bool GlobSegment::is_quick(std::string_view text) {
  const std::size_t stars = std::min(text.find_first_not_of('*'), text.size());
  const std::size_t marks = std::min(text.find_first_not_of('?'), text.size());
  if (all_stars(text)) {
    kind_ = Kind::Any;
  } else if (stars > 0 && !has_magic(text.substr(stars))) {
    kind_ = Kind::Suffix;
    text_ = text.substr(stars);
  } else if (marks > 0 && !has_magic(text.substr(marks))) {
    kind_ = Kind::Length;
    text_ = text.substr(marks);
    length_ = utf16_length(text);
  } else {
    return false;
  }
  return true;
}

bool GlobSegment::matches(std::string_view name) const {
  switch (kind_) {
    case Kind::Literal:
      return name == text_;
    case Kind::Any:
      return !name.empty();
    case Kind::Suffix:
      return name.ends_with(text_);
    case Kind::Length:
      return name.ends_with(text_) && utf16_length(name) == length_;
    case Kind::Pieces:
      return fits_pieces(name, pieces_);
    case Kind::Sequence:
      return files::matches(*sequence_, to_utf16(name));
    case Kind::Globstar:
      break;
  }
  return true;
}

}  // namespace files
