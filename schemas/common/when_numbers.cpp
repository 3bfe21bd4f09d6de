#include <algorithm>
#include <array>
#include <string_view>

#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"

/// Numbers, in digits and in words.
namespace common::words {
namespace {

constexpr int kCenturyMin = 19;  ///< "nineteen eighty-four", "twenty eighteen"
constexpr int kCenturyMax = 20;
constexpr int kYearFirst =
    1900;  ///< Of a year that stands alone; other numbers are something else.
constexpr int kYearLast = 2199;
constexpr std::size_t kDecimalsMax = 3;
constexpr int kDenominatorMax = 10;
constexpr std::int64_t kValueMax = 1'000'000;
constexpr int kHundred = 100;
constexpr int kThousand = 1000;

/// True if the number before that token belongs to a time of day: "3:30", "3 pm".
bool is_clock_mark(const Token* token, const Token* after) {
  if (token == nullptr) return false;
  if (token->glued && token->text == ":") return after != nullptr && after->glued;
  if (token->glued && (token->text == "a" || token->text == "p" || token->text == "h")) return true;
  for (const std::string_view mark : {"am", "pm", "o'clock", "oclock"}) {
    if (token->text == mark) return true;
  }
  return false;
}

/// True of a word that a number before it may count: all but those that lead on to a time.
bool is_counted(const Token* word) {
  constexpr auto kLeadOn =
      std::to_array<std::string_view>({"and", "at", "between", "by", "for", "from", "in", "is",
                                       "on", "or", "till", "to", "until", "was"});
  return word != nullptr && word->kind == Token::Kind::Word &&
         std::ranges::find(kLeadOn, word->text) == kLeadOn.end();
}

Moment year_moment(int year) {
  return {.date = Date{.year = year}};
}

/// "2.5", "3/4": both tokens after the number belong to it.
void add_fraction(const Cursor& in, const Token& number, std::vector<Reading>& out) {
  const Token* sign = in.peek(1);
  const Token* second = in.peek(2);
  if (sign == nullptr || second == nullptr || !sign->glued || !second->glued ||
      second->kind != Token::Kind::Number) {
    return;
  }
  const std::size_t end = in.position() + 3;
  if (sign->text == "." && second->text.size() <= kDecimalsMax) {
    std::int64_t denominator = 1;
    for (std::size_t i = 0; i < second->text.size(); ++i) denominator *= 10;
    out.push_back({Quantity{.numerator = number.value * denominator + second->value,
                            .denominator = denominator,
                            .digits = 1},
                   end});
  }
  if (sign->text == "/" && second->value <= kDenominatorMax && number.value < second->value) {
    out.push_back(
        {Quantity{.numerator = number.value, .denominator = second->value, .digits = 1}, end});
  }
}

void add_digits(const Cursor& in, const Token& token, std::vector<Reading>& out) {
  const std::size_t end = in.position() + 1;
  const auto digits = static_cast<int>(token.text.size());
  out.push_back({Quantity{.numerator = token.value,
                          .digits = digits,
                          .part_of_clock = digits <= 2 && is_clock_mark(in.peek(1), in.peek(2)),
                          .counts = is_counted(in.peek(1))},
                 end});
  const Token* next = in.peek(1);
  if (next != nullptr && next->glued && is_ordinal_ending(next->text) && digits <= 3) {
    out.push_back({Ordinal{.n = static_cast<int>(token.value)}, end + 1});
  }
  if (digits == 4 && token.value >= kYearFirst && token.value <= kYearLast) {
    out.push_back({Made(year_moment(static_cast<int>(token.value))).as_weak(), end});
  }
  add_fraction(in, token, out);
}

/// "'97", "'26": an apostrophe for the century.
void add_short_year(const Cursor& in, std::vector<Reading>& out) {
  const Token* digits = in.peek(1);
  if (digits == nullptr || digits->kind != Token::Kind::Number || !digits->glued ||
      digits->text.size() != 2) {
    return;
  }
  const int year = full_year(static_cast<int>(digits->value), 2);
  out.push_back({Made(year_moment(year)).as_weak(), in.position() + 2});
}

struct Sign {
  std::string_view text{};
  int numerator{};
  int denominator{};
};
constexpr std::array<Sign, 5> kFractions = {
    {{"\u00bd", 1, 2}, {"\u00bc", 1, 4}, {"\u00be", 3, 4}, {"\u2153", 1, 3}, {"\u2154", 2, 3}}};

/// "\u00bd", and "1\u00bd", of which the sign is the next token.
void add_fraction_sign(const Cursor& in, std::vector<Reading>& out) {
  const bool whole = in.peek()->kind == Token::Kind::Number;
  const Token* sign = in.peek(whole ? 1 : 0);
  if (sign == nullptr || (whole && !sign->glued)) return;
  for (const Sign& one : kFractions) {
    if (sign->text != one.text) continue;
    const std::int64_t ones = whole ? in.peek()->value : 0;
    out.push_back({Quantity{.numerator = ones * one.denominator + one.numerator,
                            .denominator = one.denominator,
                            .digits = 1},
                   in.position() + (whole ? 2 : 1)});
  }
}

/// The word that many tokens ahead as a number: "twelve" 12. No "a", no "couple".
std::optional<int> number_word(const Cursor& in, std::size_t ahead) {
  const Token* token = in.peek(ahead);
  if (token == nullptr || token->kind != Token::Kind::Word) return std::nullopt;
  return number_named(token->text);
}

bool is_ten(int number) {
  return number >= 20 && number % 10 == 0;
}

/// How many tokens "forty-two" or "seven" takes, and its value; nothing if there is no number.
struct Small {
  int value{};
  std::size_t tokens{};
};
std::optional<Small> small_number(const Cursor& in, std::size_t ahead) {
  const std::optional<int> first = number_word(in, ahead);
  if (!first) return std::nullopt;
  const std::size_t next = ahead + (in.next_is("-", ahead + 1) ? 2 : 1);
  const std::optional<int> ones = is_ten(*first) ? number_word(in, next) : std::nullopt;
  if (!ones || *ones < 1 || *ones > 9) return Small{*first, 1};
  return Small{*first + *ones, next + 1 - ahead};
}

/// "two hundred and five", "two thousand eighteen".
std::optional<Small> large_number(const Cursor& in) {
  std::int64_t total = 0;
  std::int64_t current = 0;
  std::size_t ahead = 0;
  bool scaled = false;
  bool fresh = true;  // A number may follow.
  if (in.next_is("a") && (in.next_is("hundred", 1) || in.next_is("thousand", 1))) {
    current = 1;
    ahead = 1;
    fresh = false;
  }
  while (total <= kValueMax && current <= kValueMax) {
    const std::size_t joint = !fresh || ahead == 0 || !in.next_is("and", ahead) ? 0 : 1;
    const auto small = fresh ? small_number(in, ahead + joint) : std::nullopt;
    if (small) {
      current += small->value;
      ahead += joint + small->tokens;
      fresh = false;
    } else if (current > 0 && current < kHundred && in.next_is("hundred", ahead)) {
      current *= kHundred;
      ++ahead;
      scaled = fresh = true;
    } else if (current > 0 && total == 0 && in.next_is("thousand", ahead)) {
      total = current * kThousand;
      current = 0;
      ++ahead;
      scaled = fresh = true;
    } else {
      break;
    }
  }
  if (!scaled) return std::nullopt;
  return Small{static_cast<int>(total + current), ahead};
}

void add_year_words(const Cursor& in, std::vector<Reading>& out) {
  const std::size_t begin = in.position();
  const std::optional<int> century = number_word(in, 0);
  if (century && *century >= kCenturyMin && *century <= kCenturyMax) {
    const auto rest = small_number(in, 1);
    if (rest && rest->value >= 10 && rest->value < kHundred) {
      const int year = *century * kHundred + rest->value;
      out.push_back({Made(year_moment(year)).as_weak(), begin + 1 + rest->tokens});
    }
  }
  const auto large = large_number(in);
  if (!large) return;
  out.push_back({Quantity{.numerator = large->value}, begin + large->tokens});
  if (large->value >= kYearFirst && large->value <= kYearLast) {
    out.push_back({Made(year_moment(large->value)).as_weak(), begin + large->tokens});
  }
}

/// "twenty-first", "third".
void add_ordinal_words(const Cursor& in, std::vector<Reading>& out) {
  const std::size_t begin = in.position();
  if (const auto alone = ordinal_named(in.peek()->text)) {
    out.push_back({Ordinal{.n = *alone}, begin + 1});
  }
  const std::optional<int> tens = number_word(in, 0);
  if (!tens || !is_ten(*tens)) return;
  const std::size_t next = in.next_is("-", 1) ? 2 : 1;
  const Token* token = in.peek(next);
  const auto ones = token == nullptr ? std::nullopt : ordinal_named(token->text);
  if (ones && *ones <= 9) out.push_back({Ordinal{.n = *tens + *ones}, begin + next + 1});
}

/// "a couple of", "a few", "several".
void add_vague_numbers(const Cursor& in, std::vector<Reading>& out) {
  const std::size_t article = in.next_is("a") || in.next_is("the") ? 1 : 0;
  const Token* token = in.peek(article);
  const auto count = token == nullptr ? std::nullopt : vague_number_named(token->text);
  if (!count) return;
  std::size_t end = in.position() + article + 1;
  if (in.next_is("of", article + 1)) ++end;
  out.push_back({Quantity{.numerator = *count, .vague = true}, end});
}

/// ".5"
void add_decimals(const Cursor& in, std::vector<Reading>& out) {
  const Token* digits = in.peek(1);
  if (digits == nullptr || digits->kind != Token::Kind::Number || !digits->glued ||
      in.peek()->glued || digits->text.size() > kDecimalsMax) {
    return;
  }
  std::int64_t denominator = 1;
  for (std::size_t i = 0; i < digits->text.size(); ++i) denominator *= 10;
  out.push_back({Quantity{.numerator = digits->value, .denominator = denominator, .digits = 1},
                 in.position() + 2});
}

}  // namespace

void add_numbers(Cursor& in, std::vector<Reading>& out) {
  const Token& token = *in.peek();
  add_fraction_sign(in, out);
  if (token.kind == Token::Kind::Number) return add_digits(in, token, out);
  if (token.text == ".") return add_decimals(in, out);
  if (token.text == "'") return add_short_year(in, out);
  if (token.kind != Token::Kind::Word) return;
  if (const auto small = small_number(in, 0)) {
    out.push_back({Quantity{.numerator = *number_word(in, 0)}, in.position() + 1});
    if (small->tokens > 1) {
      out.push_back({Quantity{.numerator = small->value}, in.position() + small->tokens});
    }
  }
  add_year_words(in, out);
  add_ordinal_words(in, out);
  add_vague_numbers(in, out);
}

}  // namespace common::words
