#include "servers/files/braces.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <utility>

#include "protocol/mcp/handler.hpp"

namespace files {
namespace {

using Strings = std::vector<std::string>;

constexpr std::size_t kPatternsMax = 1000;
constexpr int kDepthMax = 20;

// Escaped characters while braces are looked for; no byte of UTF-8 is one of these.
constexpr std::string_view kEscapable = "\\{},.";
constexpr std::string_view kEscaped = "\xF8\xF9\xFA\xFB\xFC";

std::string hide_escapes(std::string_view text) {
  std::string hidden;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t which = text[i] == '\\' && i + 1 < text.size() ? kEscapable.find(text[i + 1])
                                                                     : std::string_view::npos;
    if (which == std::string_view::npos) {
      hidden += text[i];
    } else {
      hidden += kEscaped[which];
      ++i;
    }
  }
  return hidden;
}

std::string show_escapes(std::string_view hidden) {
  std::string text;
  for (const char c : hidden) {
    const std::size_t which = kEscaped.find(c);
    text += which == std::string_view::npos ? c : kEscapable[which];
  }
  return text;
}

struct Braces {
  std::string before{};
  std::string body{};
  std::string after{};
};

/// The first pair of braces that belong together, outermost.
std::optional<Braces> first_braces(const std::string& text) {
  std::vector<std::size_t> open;
  std::vector<std::size_t> partner(text.size(), std::string::npos);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') open.push_back(i);
    if (text[i] != '}' || open.empty()) continue;
    partner[open.back()] = i;
    open.pop_back();
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (partner[i] == std::string::npos) continue;
    return Braces{.before = text.substr(0, i),
                  .body = text.substr(i + 1, partner[i] - i - 1),
                  .after = text.substr(partner[i] + 1)};
  }
  return std::nullopt;
}

/// The body at the commas that stand in no inner braces.
Strings split_commas(const std::string& body) {
  Strings parts(1);
  int depth = 0;
  for (const char c : body) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == ',' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

struct Sequence {
  Strings ends{};
  std::int64_t step{1};
  bool letters{};
};

std::optional<std::int64_t> number_in(const std::string& text) {
  const std::size_t digits = text.starts_with('-') ? 1 : 0;
  const bool all = text.size() > digits && text.size() < 16 &&
                   std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits), text.end(),
                               [](unsigned char c) { return std::isdigit(c) != 0; });
  return all ? std::optional(std::int64_t{std::atoll(text.c_str())}) : std::nullopt;
}

bool is_letter(const std::string& text) {
  return text.size() == 1 && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
}

/// "1..9", "a..e", "01..10..3".
std::optional<Sequence> sequence_in(const std::string& body) {
  Strings parts(1);
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body.compare(i, 2, "..") == 0) {
      parts.emplace_back();
      ++i;
    } else {
      parts.back() += body[i];
    }
  }
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  Sequence sequence{.ends = {parts[0], parts[1]}};
  if (parts.size() == 3) {
    const std::optional<std::int64_t> step = number_in(parts[2]);
    if (!step) return std::nullopt;
    sequence.step = std::max<std::int64_t>(1, std::abs(*step));
  }
  sequence.letters = is_letter(parts[0]) && is_letter(parts[1]);
  if (sequence.letters || (number_in(parts[0]) && number_in(parts[1]))) return sequence;
  return std::nullopt;
}

bool is_padded(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0';
}

[[noreturn]] void refuse() {
  throw mcp::ToolError("The braces of a pattern make more than " + std::to_string(kPatternsMax) +
                       " patterns; ask for less at once.");
}

std::string member_of(const Sequence& sequence, std::int64_t value) {
  if (sequence.letters) return value == '\\' ? "" : std::string(1, static_cast<char>(value));
  std::string text = std::to_string(value);
  const std::size_t width = std::max(sequence.ends[0].size(), sequence.ends[1].size());
  const bool pad = is_padded(sequence.ends[0]) || is_padded(sequence.ends[1]);
  if (pad && text.size() < width) {
    text.insert(value < 0 ? 1 : 0, std::string(width - text.size(), '0'));
  }
  return text;
}

Strings members_of(const Sequence& sequence) {
  const auto value = [&](const std::string& end) {
    return sequence.letters ? std::int64_t{end[0]} : number_in(end).value_or(0);
  };
  const std::int64_t first = value(sequence.ends[0]);
  const std::int64_t last = value(sequence.ends[1]);
  const std::int64_t step = last < first ? -sequence.step : sequence.step;
  if (static_cast<std::uint64_t>(std::abs(last - first) / sequence.step) >= kPatternsMax) refuse();
  Strings members;
  for (std::int64_t at = first; step > 0 ? at <= last : at >= last; at += step) {
    members.push_back(member_of(sequence, at));
  }
  return members;
}

void combine(Strings& made, const std::string& before, const Strings& values) {
  if (made.size() * values.size() > kPatternsMax) refuse();
  Strings combined;
  for (const std::string& one : made) {
    for (const std::string& value : values) combined.push_back(one + before + value);
  }
  made = std::move(combined);
}

Strings expand(std::string text, int depth);

Strings values_of(const std::string& body, int depth) {
  if (const std::optional<Sequence> sequence = sequence_in(body)) return members_of(*sequence);
  Strings parts = split_commas(body);
  Strings values;
  if (parts.size() == 1) {  // {{a,b}} is {a} and {b}
    for (const std::string& value : expand(parts[0], depth + 1))
      values.push_back("{" + value + "}");
    return values;
  }
  for (const std::string& part : parts) {
    for (std::string& value : expand(part, depth + 1)) values.push_back(std::move(value));
    if (values.size() > kPatternsMax) refuse();
  }
  return values;
}

/// True where a set may still come that takes a lone "}" in: "{a},b}".
bool set_follows(const std::string& after) {
  const std::size_t comma = after.find(',');
  return comma != std::string::npos && after.find('}', comma) != std::string::npos;
}

Strings expand(std::string text, int depth) {
  if (depth > kDepthMax) return {std::move(text)};
  Strings made(1);
  std::optional<Braces> braces;
  while ((braces = first_braces(text))) {
    const bool is_set = sequence_in(braces->body) || braces->body.find(',') != std::string::npos;
    if (braces->before.ends_with('$')) {
      combine(made, braces->before + "{" + braces->body + "}", {""});
    } else if (is_set) {
      combine(made, braces->before, values_of(braces->body, depth));
    } else if (set_follows(braces->after)) {
      text = braces->before + "{" + braces->body + kEscaped[2] + braces->after;
      continue;
    } else {
      break;
    }
    text = std::move(braces->after);
  }
  combine(made, text, {""});
  return made;
}

}  // namespace

Strings expand_braces(std::string_view pattern) {
  if (pattern.find('{') == std::string_view::npos) return {std::string(pattern)};
  std::string text(pattern);
  if (text.starts_with("{}")) text.replace(0, 2, "\\{\\}");
  Strings made;
  for (const std::string& one : expand(hide_escapes(text), 0)) {
    std::string shown = show_escapes(one);
    if (std::ranges::find(made, shown) == made.end()) made.push_back(std::move(shown));
  }
  return made;
}

}  // namespace files
