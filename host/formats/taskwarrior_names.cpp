#include "host/formats/taskwarrior_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "host/formats/task_file.hpp"
#include "schemas/tasks/rows.hpp"

namespace host::taskwarrior {

namespace {

struct Period {
  std::string_view name{};
  int interval{1};
  char unit{};
};
constexpr auto kPeriods = std::to_array<Period>({
    {"daily", 1, 'd'},
    {"day", 1, 'd'},
    {"weekly", 1, 'w'},
    {"sennight", 1, 'w'},
    {"fortnight", 2, 'w'},
    {"biweekly", 2, 'w'},
    {"monthly", 1, 'm'},
    {"bimonthly", 2, 'm'},
    {"quarterly", 3, 'm'},
    {"semiannual", 6, 'm'},
    {"annual", 1, 'y'},
    {"yearly", 1, 'y'},
    {"biannual", 2, 'y'},
    {"biyearly", 2, 'y'},
});
constexpr auto kUnits = std::to_array<Period>({
    {"d", 1, 'd'},    {"day", 1, 'd'},     {"days", 1, 'd'},     {"w", 1, 'w'},  {"wk", 1, 'w'},
    {"wks", 1, 'w'},  {"week", 1, 'w'},    {"weeks", 1, 'w'},    {"mo", 1, 'm'}, {"mth", 1, 'm'},
    {"mths", 1, 'm'}, {"month", 1, 'm'},   {"months", 1, 'm'},   {"q", 3, 'm'},  {"qtr", 3, 'm'},
    {"qtrs", 3, 'm'}, {"quarter", 3, 'm'}, {"quarters", 3, 'm'}, {"y", 1, 'y'},  {"yr", 1, 'y'},
    {"yrs", 1, 'y'},  {"year", 1, 'y'},    {"years", 1, 'y'},
});

template <std::size_t Size>
std::optional<common::Repeat> named(const std::array<Period, Size>& periods, std::string_view name,
                                    int times) {
  const auto found = std::ranges::find(periods, name, &Period::name);
  if (found == periods.end() || times < 1 || times > 1000) return std::nullopt;
  return repeat_of({.interval = found->interval * times, .unit = found->unit});
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

std::string stamp(std::chrono::sys_seconds at) {
  std::string text = common::to_string(common::instant(at, std::chrono::seconds(0)));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  if (!text.ends_with('Z')) text = text.substr(0, 15) + "Z";
  return text;
}

std::optional<std::chrono::sys_seconds> find_stamp(std::string_view text) {
  std::string rfc(text);
  if (text.size() == 16 && text[8] == 'T' && text[15] == 'Z') {
    for (const std::size_t at : {4U, 7U}) rfc.insert(at, "-");
    for (const std::size_t at : {13U, 16U}) rfc.insert(at, ":");
  }
  const std::optional<common::Time> time = read_time(rfc);
  if (!time || time->date) return std::nullopt;
  return time->at;
}

common::Time time_at(std::chrono::sys_seconds at, const common::Zone& zone) {
  const auto day = std::chrono::floor<std::chrono::days>(zone.to_local(at));
  if (zone.to_utc(day) == at) return common::whole_day(std::chrono::year_month_day(day));
  return zone.at(at);
}

std::chrono::sys_seconds begin_of(const common::Time& time, const common::Zone& zone) {
  return time.date ? zone.to_utc(time.local()) : time.at;
}

std::optional<std::string> recur_of(const common::Repeat& repeat) {
  const std::optional<PlainRepeat> plain = plain_repeat(repeat);
  if (!plain || repeat.after_completion) return std::nullopt;
  const std::string_view unit = plain->unit == 'd'   ? "day"
                                : plain->unit == 'w' ? "week"
                                : plain->unit == 'm' ? "month"
                                                     : "year";
  return std::to_string(plain->interval) + std::string(unit) + (plain->interval > 1 ? "s" : "");
}

std::optional<common::Repeat> find_recur(std::string_view given) {
  const std::string text = lower(given);
  if (text == "weekdays") return common::Repeat{.rrule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"};
  if (const auto period = named(kPeriods, text, 1)) return period;
  std::string_view rest = text;
  const bool iso = rest.starts_with('p');
  if (iso) rest.remove_prefix(1);
  int times = 1;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), times);
  if (error == std::errc()) {
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  } else if (iso) {
    return std::nullopt;
  }
  return named(kUnits, iso && rest == "m" ? "mo" : rest, times);
}

std::string plain_tag(std::string_view tag) {
  std::string plain(tag);
  std::ranges::replace_if(
      plain, [](unsigned char c) { return c <= ' ' || c == ',' || c == 0x7f; }, '_');
  return plain;
}

std::string name_of(tasks::Status status) {
  return std::string(tasks::tables::kStatus.names[static_cast<std::size_t>(status)]);
}

std::optional<tasks::Status> find_status(std::string_view name) {
  const auto& names = tasks::tables::kStatus.names;
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<tasks::Status>(found - names.begin());
}

}  // namespace host::taskwarrior
