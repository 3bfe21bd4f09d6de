#include "host/harness/volatile_values.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kNumberMax = 100'000'000'000'000;  // Milliseconds, in the year 5138.

struct BuiltIn {
  const char* pattern;
  const char* as;
};

/// In this order: a longer form before its parts.
constexpr std::array<BuiltIn, 6> kBuiltIn{{
    {R"(\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b)", "<uuid>"},
    // 2026-03-16T09:00:00.123+01:00, with a space, without a zone
    {R"(\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z\b| ?[+-]\d\d:?\d\d\b)?)", "<time>"},
    // Mon Mar 16 2026 09:00:00 GMT+0000 (Coordinated Universal Time)
    {R"(\b[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}(?: \([^)]*\))?)",
     "<time>"},
    // Mon, 16 Mar 2026 09:00:00 +0000
    {R"(\b[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[A-Z]{3,4}|[+-]\d{4})\b)",
     "<time>"},
    // Mon Mar 16 09:00:00 2026
    {R"(\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\b)", "<time>"},
    {R"(\b\d+(?:\.\d+)? ?(?:ms|µs|us|ns|milliseconds)\b)", "<duration>"},
}};

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Every place where `value` stands with no letter or digit running on from it.
void replace_words(std::string& text, const std::string& value, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(value, at)) != text.npos;) {
    const std::size_t end = at + value.size();
    const bool runs_on =
        (at > 0 && is_word_byte(text[at - 1]) && is_word_byte(value.front())) ||
        (end < text.size() && is_word_byte(text[end]) && is_word_byte(value.back()));
    if (runs_on) {
      at = end;
    } else {
      text.replace(at, value.size(), with);
      at += with.size();
    }
  }
}

}  // namespace

struct VolatileValues::Rules {
  struct Rule {
    std::unique_ptr<RE2> pattern;
    std::string as;
  };
  std::vector<Rule> list;
  RE2 epoch{R"(\b(\d{10}|\d{13})(?:\.\d+)?\b)"};
  std::int64_t now{};

  bool is_now(std::int64_t number) const {
    if (number < 0 || number > kNumberMax) return false;
    return std::abs(number - now) < kDay || std::abs(number - now * kMilli) < kDay * kMilli;
  }

  void replace_epochs(std::string& text) const {
    std::string out;
    re2::StringPiece rest(text);
    re2::StringPiece found[2];
    while (epoch.Match(rest, 0, rest.size(), RE2::UNANCHORED, found, 2)) {
      const auto before = static_cast<std::size_t>(found[0].data() - rest.data());
      out.append(rest.data(), before);
      const bool time = is_now(std::stoll(std::string(found[1])));
      out.append(time ? std::string("<time>") : std::string(found[0]));
      rest.remove_prefix(before + found[0].size());
    }
    text = out.append(rest.data(), rest.size());
  }
};

VolatileValues::VolatileValues(const std::vector<Normalisation>& rules, std::int64_t now)
    : rules_(std::make_unique<Rules>()) {
  rules_->now = now;
  for (const BuiltIn& each : kBuiltIn) {
    rules_->list.push_back({std::make_unique<RE2>(each.pattern), each.as});
  }
  for (const Normalisation& each : rules) {
    rules_->list.push_back({std::make_unique<RE2>(each.matches, RE2::Quiet), each.as});
  }
}

VolatileValues::~VolatileValues() = default;

void VolatileValues::know(const std::string& name, const std::string& value) {
  if (value.size() < kValueMin) return;
  known_.emplace_back(value, "${" + name + "}");
  // The longest first: one value may begin another.
  std::ranges::stable_sort(known_, [](const auto& left, const auto& right) {
    return left.first.size() > right.first.size();
  });
}

std::string VolatileValues::same(std::string text) const {
  for (const auto& [value, name] : known_) replace_words(text, value, name);
  for (const Rules::Rule& rule : rules_->list) {
    RE2::GlobalReplace(&text, *rule.pattern, rule.as);
  }
  rules_->replace_epochs(text);
  return text;
}

Json VolatileValues::same_json(const Json& value) const {
  if (value.is_string()) return same(value.get<std::string>());
  if (value.is_number_integer() && rules_->is_now(value.get<std::int64_t>())) return "<time>";
  if (value.is_number_float()) {
    const double number = value.get<double>();
    const bool fits = number >= 0 && number <= static_cast<double>(kNumberMax);
    if (fits && rules_->is_now(static_cast<std::int64_t>(number))) return "<time>";
  }
  if (!value.is_structured()) return value;
  Json out = value;
  for (Json& each : out) each = same_json(each);
  return out;
}

}  // namespace harness
