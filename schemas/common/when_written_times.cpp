#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"

/// Times of day and offsets that are written in digits and signs.
namespace common::words {
namespace {

constexpr int kNoonOclock = 12;
constexpr int kLastMinute = 59;

/// The digits after "." of a second, which nobody counts.
void skip_decimals(Cursor& in) {
  if (in.next_is(".") && in.peek()->glued && in.next_is_number(1) && in.peek(1)->glued) {
    in.advance(2);
  }
}

bool open_at(int hour, const Token& token) {
  return hour >= 1 && hour <= kNoonOclock && token.text.front() != '0';
}

/// "3:30", "15:30:05.123".
void add_with_colon(Cursor& in, std::vector<Reading>& out) {
  const Token& first = *in.peek();
  const std::optional<int> hour = in.take_number(1, 2);
  if (!hour || !in.take_glued(":")) return;
  const std::optional<int> minute = in.take_number(2, 2);
  if (!minute) return;
  ClockTime clock{.hour = *hour, .minute = *minute};
  if (in.next_is(":") && in.peek()->glued && in.next_is_number(1)) {
    in.take_glued(":");
    clock.second = in.take_number(2, 2).value_or(kLastMinute + 1);
    skip_decimals(in);
  }
  if (!is_clock_time(clock)) return;
  clock.open = open_at(clock.hour, first) && clock.hour != kNoonOclock;
  out.push_back({Moment{.clock = clock}, in.position()});
}

/// "15h30", "16h", "7.30".
void add_with_letter(Cursor& in, std::vector<Reading>& out) {
  const Token& first = *in.peek();
  const std::optional<int> hour = in.take_number(1, 2);
  if (!hour) return;
  const bool dotted = in.next_is(".");
  if (!in.take_glued("h") && !in.take_glued(".")) return;
  ClockTime clock{.hour = *hour};
  const std::optional<int> minute =
      in.next_is_number() && in.peek()->glued ? in.take_number(2, 2) : std::nullopt;
  if (dotted && !minute) return;
  clock.minute = minute.value_or(0);
  if (!is_clock_time(clock)) return;
  clock.open = dotted && open_at(clock.hour, first) && clock.hour != kNoonOclock;
  Made made(Moment{.clock = clock});
  made.weak = dotted || !minute;
  out.push_back({std::move(made), in.position()});
}

/// "930am", of which the rule for "am" makes a time.
void add_packed(Cursor& in, std::vector<Reading>& out) {
  const std::optional<int> digits = in.take_number(3, 4);
  const std::size_t ahead = in.next_is("-") || in.next_is("to") ? 2 : 0;  // "630-930am"
  const bool marked = in.next_is("am", ahead) || in.next_is("pm", ahead);
  if (!digits || !marked || (ahead != 0 && !in.next_is_number(1))) return;
  const ClockTime clock{.hour = *digits / 100, .minute = *digits % 100, .open = true};
  if (clock.hour < 1 || clock.hour > kNoonOclock || clock.minute > kLastMinute) return;
  out.push_back({Made(Moment{.clock = clock}).as_weak(), in.position()});
}

/// The digits of an offset: "01:00", "0530", "2".
std::optional<std::chrono::seconds> offset_digits(Cursor& in) {
  const Token* token = in.peek();
  if (token == nullptr || !token->glued) return std::nullopt;
  const std::size_t digits = token->text.size();
  std::optional<int> hour = in.take_number(1, 4);
  if (!hour || digits == 3) return std::nullopt;
  int minute = digits == 4 ? *hour % 100 : 0;
  if (digits == 4) hour = *hour / 100;
  if (digits <= 2 && in.next_is(":") && in.next_is_number(1)) {
    in.take(":");
    minute = in.take_number(2, 2).value_or(kLastMinute + 1);
  }
  if (*hour > 18 || minute > kLastMinute) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{minute};
}

void add_place(Cursor& in, std::vector<Reading>& out) {
  if (const auto place = written_offset(in)) out.push_back({*place, in.position()});
}

}  // namespace

bool is_clock_time(const ClockTime& clock) {
  const bool last = clock.hour == 24 && clock.minute == 0 && clock.second == 0;
  return last || (clock.hour >= 0 && clock.hour < 24 && clock.minute >= 0 &&
                  clock.minute <= kLastMinute && clock.second >= 0 && clock.second <= kLastMinute);
}

std::optional<ClockTime> stamp_clock(Cursor& in) {
  std::vector<Reading> found;
  const std::size_t begin = in.position();
  if (const Token* token = in.peek(); token != nullptr && token->text.size() >= 4) {
    std::optional<int> digits = in.take_number(4, 6);
    if (!digits || token->text.size() == 5) return std::nullopt;
    if (token->text.size() == 4) digits = *digits * 100;
    const ClockTime clock{
        .hour = *digits / 10000, .minute = *digits / 100 % 100, .second = *digits % 100};
    return is_clock_time(clock) ? std::optional(clock) : std::nullopt;
  }
  if (!in.next_is_number()) return std::nullopt;
  add_with_colon(in, found);
  if (found.empty()) {
    in.move_to(begin);
    return std::nullopt;
  }
  ClockTime clock = *std::get<Moment>(found.front().made.value).clock;
  clock.open = false;
  return clock;
}

std::optional<Place> written_offset(Cursor& in) {
  const std::size_t begin = in.position();
  const Token* token = in.peek();
  if (token == nullptr) return std::nullopt;
  std::optional<Place> place = in.take_named(place_named);
  const bool zero = place && place->iana.empty() && place->offset == std::chrono::seconds{};
  const std::size_t after_name = in.position();
  if (place && !zero) return place;
  const bool west = in.next_is("-");
  // "+01:00", "UTC+2"; a sign apart from its digits is another's.
  if ((in.next_is("+") || west) && (!place || in.peek()->glued) && in.next_is_number(1)) {
    in.advance();
    // "9am-11" is a range.
    const bool colon = in.next_is(":", 1) && in.peek(1)->glued;
    const bool sure = in.peek()->text.size() == 4 || in.peek()->text.front() == '0' || colon;
    const bool short_form = !place && (in.peek()->text.size() == 1 || !sure);
    const auto offset = short_form ? std::nullopt : offset_digits(in);
    if (offset) return Place{.offset = west ? -*offset : *offset};
    in.move_to(after_name);
  }
  if (!place) in.move_to(begin);
  return place;
}

void add_clocks(Cursor& in, std::vector<Reading>& out) {
  const std::size_t begin = in.position();
  if (in.next_is_number()) {
    for (const auto shape : {add_with_colon, add_with_letter, add_packed}) {
      shape(in, out);
      in.move_to(begin);
    }
  }
  add_place(in, out);
  in.move_to(begin);
}

}  // namespace common::words
