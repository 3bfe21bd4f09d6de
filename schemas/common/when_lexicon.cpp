#include "schemas/common/when_lexicon.hpp"

#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

/// The reading, and another with the full stop of an abbreviation: "mon.", "Dec."
void add_abbreviated(const Cursor& in, const Made& made, std::vector<Reading>& out) {
  const std::size_t end = in.position() + 1;
  out.push_back({made, end});
  if (in.next_is(".", 1) && in.peek(1)->glued) out.push_back({made, end + 1});
}

/// One letter is a unit only after a number; "mon" is rather a weekday.
void add_unit(const Cursor& in, const std::string& word, std::vector<Reading>& out) {
  const auto unit = unit_named(word);
  if (!unit) return;
  Made made(*unit);
  made.weak = word.size() == 1 || word == "mo" || word.starts_with("mon.") || word == "mon";
  add_abbreviated(in, made, out);
}

/// "am", "p.m.", "p m", and "3p" glued to its number.
void add_meridiem(const Cursor& in, const Token& token, std::vector<Reading>& out) {
  const std::size_t end = in.position() + 1;
  const bool pm = token.text.front() == 'p';
  if (token.text == "am" || token.text == "pm") out.push_back({Meridiem{pm}, end});
  if (token.text != "a" && token.text != "p") return;
  const std::size_t dot = in.next_is(".", 1) && in.peek(1)->glued ? 1 : 0;
  if (in.next_is("m", 1 + dot) && (dot == 0 || in.peek(2)->glued)) {
    out.push_back({Meridiem{pm}, end + dot + 1});
    if (in.next_is(".", 2 + dot) && in.peek(2 + dot)->glued) {
      out.push_back({Meridiem{pm}, end + dot + 2});
    }
  } else if (token.glued) {
    out.push_back({Made(Meridiem{pm}).as_weak(), end});
    if (dot == 1) out.push_back({Made(Meridiem{pm}), end + 1});
  }
}

}  // namespace

void add_names(Cursor& in, std::vector<Reading>& out) {
  const Token& token = *in.peek();
  if (token.kind != Token::Kind::Word) return;
  const std::string& word = token.text;
  const std::size_t end = in.position() + 1;
  if (const auto day = weekday_named(word)) {
    add_abbreviated(in, Moment{.date = Date{.weekday = day}}, out);
  }
  if (const auto month = month_named(word)) {
    add_abbreviated(in, Moment{.date = Date{.month = month}}, out);
  }
  add_unit(in, word, out);
  if (const auto which = which_named(word)) out.push_back({*which, end});
  if (const auto third = third_named(word)) out.push_back({*third, end});
  if (const auto part = part_named(word)) out.push_back({Moment{.part = part}, end});
  if (const auto season = season_named(word)) {
    out.push_back({Moment{.day = make(Season{.number = *season})}, end});
  }
  if (const auto days = relative_day_named(word)) {
    out.push_back({Moment{.day = make(RelativeDay{.days = *days})}, end});
  }
  if (word == "last" || word == "final") out.push_back({Ordinal{.n = -1}, end});
  add_meridiem(in, token, out);
}

std::vector<Reading> readings_at(Cursor& in, Hint& hint) {
  std::vector<Reading> readings;
  if (in.peek() == nullptr) return readings;
  add_names(in, readings);
  add_numbers(in, readings);
  add_dates(in, readings, hint);
  add_clocks(in, readings);
  return readings;
}

}  // namespace common::words
