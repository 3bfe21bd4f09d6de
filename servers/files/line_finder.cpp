#include "servers/files/line_finder.hpp"

#include <algorithm>
#include <cstring>

#include "protocol/mcp/handler.hpp"

namespace files {
namespace {

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char raised(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// The letters and signs of ordinary text, the most frequent first; what is not here is rarer.
constexpr std::string_view kFrequent = " etaoinsrhldcumfpgwybv,.k-_()0\"1/2=:;";

std::size_t rarest_in(std::string_view text) {
  std::size_t best = 0;
  std::size_t rank = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t here = std::min(kFrequent.find(text[i]), kFrequent.size()) + 1;
    if (here > rank) {
      rank = here;
      best = i;
    }
  }
  return best;
}

/// The first place at or after `from` that holds `c`; the size of the text if none does.
std::size_t place_of(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return text.size();
  const void* at = std::memchr(text.data() + from, c, text.size() - from);
  return at == nullptr ? text.size()
                       : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

}  // namespace

LineFinder::LineFinder(const Query& query) : query_(query) {
  const bool ascii =
      std::ranges::all_of(query.text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!query.regex && query.text.find('\n') != std::string::npos) {
    throw mcp::ToolError("/query: expected what stands in one line, got a line's end");
  }
  if (!query.regex && query.match_case) return;
  if (!query.regex && ascii) {
    for (const char c : query.text) lower_ += lowered(c);
    rarest_ = rarest_in(lower_);
    foreign_case_ = lower_.find_first_of("ks") != std::string::npos;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_nl(true);
  options.set_case_sensitive(query.match_case);
  const std::string words = query.regex ? query.text : re2::RE2::QuoteMeta(query.text);
  pattern_ = std::make_unique<re2::RE2>("(?m)" + words, options);
  if (!pattern_->ok()) {
    throw mcp::ToolError("/query: expected a regular expression (RE2 syntax), got one with " +
                         pattern_->error() + "; without regex it is taken as plain words");
  }
}

std::optional<LineFinder::Hit> LineFinder::find(std::string_view text, std::size_t from) const {
  if (from >= text.size()) return std::nullopt;
  if (pattern_ == nullptr) {
    const void* at =
        ::memmem(text.data() + from, text.size() - from, query_.text.data(), query_.text.size());
    if (at == nullptr) return std::nullopt;
    const auto begin = static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
    return Hit{.begin = begin, .end = begin + query_.text.size()};
  }
  if (!lower_.empty() && !may_fold(text)) return find_folded(text, from);
  re2::StringPiece match;
  if (!pattern_->Match(text, from, text.size(), re2::RE2::UNANCHORED, &match, 1)) {
    return std::nullopt;
  }
  const auto begin = static_cast<std::size_t>(match.data() - text.data());
  return Hit{.begin = begin, .end = begin + match.size()};
}

/// True if the text may hold the Kelvin sign or a long s, which are the same as k and s.
bool LineFinder::may_fold(std::string_view text) const {
  return foreign_case_ &&
         (place_of(text, '\xE2', 0) < text.size() || place_of(text, '\xC5', 0) < text.size());
}

/// Looks for the rarest letter alone, in both cases, and compares around each place that has it.
std::optional<LineFinder::Hit> LineFinder::find_folded(std::string_view text,
                                                       std::size_t from) const {
  const char small = lower_[rarest_];
  const char large = raised(small);
  const std::size_t first = from + rarest_;
  std::size_t next_small = place_of(text, small, first);
  std::size_t next_large = large == small ? text.size() : place_of(text, large, first);
  while (true) {
    const std::size_t at = std::min(next_small, next_large);
    if (at >= text.size()) return std::nullopt;
    const std::size_t begin = at - rarest_;
    if (begin + lower_.size() > text.size()) return std::nullopt;
    const bool same =
        std::equal(lower_.begin(), lower_.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
                   [](char left, char right) { return left == lowered(right); });
    if (same) return Hit{.begin = begin, .end = begin + lower_.size()};
    if (at == next_small) next_small = place_of(text, small, at + 1);
    if (at == next_large) next_large = place_of(text, large, at + 1);
  }
}

}  // namespace files
