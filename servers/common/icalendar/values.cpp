#include "servers/common/icalendar/values.hpp"

#include <libical/ical.h>

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

#include "protocol/mcp/handler.hpp"

namespace icalendar {
namespace {

using std::chrono::seconds;

constexpr std::size_t kExcerptBytes = 120;

using Parsed = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;
using OwnText = std::unique_ptr<char, decltype(&icalmemory_free_buffer)>;

/// libical reads a line only inside of a component; a list of values becomes as many properties.
Parsed parse(const Line& line) {
  const std::string text = "BEGIN:VEVENT\r\n" + line.text + "\r\nEND:VEVENT\r\n";
  return {icalparser_parse_string(text.c_str()), icalcomponent_free};
}

icalproperty* first_property(const Parsed& parsed) {
  return parsed ? icalcomponent_get_first_property(parsed.get(), ICAL_ANY_PROPERTY) : nullptr;
}

/// An X-LIC-ERROR that tells of the value; those about parameters leave the value usable.
bool is_value_error(icalproperty* property) {
  if (icalproperty_isa(property) != ICAL_XLICERROR_PROPERTY) return false;
  const icalparameter* type =
      icalproperty_get_first_parameter(property, ICAL_XLICERRORTYPE_PARAMETER);
  return type == nullptr ||
         icalparameter_get_xlicerrortype(type) != ICAL_XLICERRORTYPE_PARAMETERVALUEPARSEERROR;
}

std::string shown(const Line& line) {
  const std::string where =
      line.number == 0 ? std::string() : "line " + std::to_string(line.number) + ": ";
  return where + line.text.substr(0, kExcerptBytes) +
         (line.text.size() > kExcerptBytes ? "..." : "");
}

/// Calls `take` with each value of the line. False if one cannot be read; an unknown parameter does
/// no harm.
template <class Take>
bool each_value(const Line& line, Take take) {
  const Parsed parsed = parse(line);
  std::size_t count = 0;
  for (icalproperty* property = first_property(parsed); property != nullptr;
       property = icalcomponent_get_next_property(parsed.get(), ICAL_ANY_PROPERTY)) {
    if (is_value_error(property)) return false;
    if (icalproperty_isa(property) == ICAL_XLICERROR_PROPERTY) continue;
    const icalvalue* value = icalproperty_get_value(property);
    if (value == nullptr || !take(value)) return false;
    ++count;
  }
  return count > 0;
}

std::optional<Moment> to_moment(const icaltimetype& time, const std::string& tzid) {
  const auto date = std::chrono::year(time.year) /
                    std::chrono::month(static_cast<unsigned>(time.month)) /
                    std::chrono::day(static_cast<unsigned>(time.day));
  if (icaltime_is_null_time(time) || !date.ok() || time.year < 1 || time.year > 9999) {
    return std::nullopt;
  }
  Moment moment{.local = std::chrono::local_days(date)};
  if (time.is_date) {
    moment.kind = Moment::Kind::Date;
    return moment;
  }
  if (time.hour < 0 || time.hour > 24 || time.minute < 0 || time.minute > 59 || time.second < 0 ||
      time.second > 60) {
    return std::nullopt;
  }
  moment.local +=
      std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) + seconds(time.second);
  if (icaltime_is_utc(time)) {
    moment.kind = Moment::Kind::Utc;
  } else if (!tzid.empty()) {
    moment.kind = Moment::Kind::Zoned;
    moment.tzid = tzid;
  }
  return moment;
}

Duration to_duration(const icaldurationtype& length) {
  const int sign = length.is_neg ? -1 : 1;
  const auto count = [&](unsigned int n) { return sign * static_cast<std::int64_t>(n); };
  return {.days = std::chrono::days(count(length.weeks) * 7 + count(length.days)),
          .time = std::chrono::hours(count(length.hours)) +
                  std::chrono::minutes(count(length.minutes)) + seconds(count(length.seconds))};
}

std::optional<Period> to_period(const icalvalue* value, const std::string& tzid) {
  const icaldatetimeperiodtype read = icalvalue_get_datetimeperiod(value);
  if (icalperiodtype_is_null_period(read.period)) {
    const std::optional<Moment> start = to_moment(read.time, tzid);
    if (!start) return std::nullopt;
    return Period{.start = *start};
  }
  const std::optional<Moment> start = to_moment(read.period.start, tzid);
  if (!start) return std::nullopt;
  Period period{.start = *start};
  if (icaltime_is_null_time(read.period.end)) {
    period.length = to_duration(read.period.duration);
  } else {
    period.end = to_moment(read.period.end, tzid);
  }
  return period;
}

std::string unquoted_printable(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded =
        text[i] == '=' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (coded) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    ++i;
    out += text[i] == 'n' || text[i] == 'N' ? '\n' : text[i];
  }
  return out;
}

}  // namespace

void refuse(const Line& line, std::string_view why) {
  throw mcp::ToolError(shown(line) + " cannot be read: " + std::string(why));
}

std::optional<std::string> find_fault(const Line& line) {
  const std::string name = line.name();
  if (line.value().empty()) {
    const bool repeats = name == "RRULE" || name == "RDATE" || name == "EXDATE" || name == "EXRULE";
    if (!repeats) return std::nullopt;
    return shown(line) + " has no value";
  }
  const bool rule =
      name == "RRULE" || name == "EXRULE";  // read_rule says what is wrong with those.
  if (rule || icalproperty_string_to_kind(name.c_str()) == ICAL_NO_PROPERTY) return std::nullopt;
  const Parsed parsed = parse(line);
  for (icalproperty* property = first_property(parsed); property != nullptr;
       property = icalcomponent_get_next_property(parsed.get(), ICAL_ANY_PROPERTY)) {
    if (is_value_error(property)) return shown(line) + " cannot be read";
  }
  return std::nullopt;
}

std::vector<Period> read_periods(const Line& line) {
  const std::string tzid = read_parameter(line, "TZID");
  std::vector<Period> periods;
  const bool read = each_value(line, [&](const icalvalue* value) {
    const std::optional<Period> period = to_period(value, tzid);
    if (period) periods.push_back(*period);
    return period.has_value();
  });
  if (!read) refuse(line, "expected dates, times or periods such as 20260316T090000Z/PT1H");
  return periods;
}

std::vector<Moment> read_moments(const Line& line) {
  std::vector<Moment> moments;
  for (const Period& period : read_periods(line)) moments.push_back(period.start);
  return moments;
}

std::optional<Moment> find_moment(const Line& line) {
  const std::string tzid = read_parameter(line, "TZID");
  std::optional<Moment> moment;
  const bool read = each_value(line, [&](const icalvalue* value) {
    const icalvalue_kind kind = icalvalue_isa(value);
    if (kind != ICAL_DATE_VALUE && kind != ICAL_DATETIME_VALUE) return false;
    moment = to_moment(icalvalue_get_datetime(value), tzid);
    return moment.has_value();
  });
  return read ? moment : std::nullopt;
}

Moment read_moment(const Line& line) {
  const std::optional<Moment> moment = find_moment(line);
  if (!moment) refuse(line, "expected a date or time such as 20260316T090000Z");
  return *moment;
}

Duration read_duration(const Line& line) {
  Duration duration;
  const bool read = each_value(line, [&](const icalvalue* value) {
    if (icalvalue_isa(value) != ICAL_DURATION_VALUE) return false;
    duration = to_duration(icalvalue_get_duration(value));
    return true;
  });
  if (!read) refuse(line, "expected a duration such as PT1H30M");
  return duration;
}

seconds read_offset(const Line& line) {
  seconds offset(0);
  const bool read = each_value(line, [&](const icalvalue* value) {
    if (icalvalue_isa(value) != ICAL_UTCOFFSET_VALUE) return false;
    offset = seconds(icalvalue_get_utcoffset(value));
    return true;
  });
  if (!read) refuse(line, "expected an offset such as +0100");
  return offset;
}

std::string read_text(const Line& line) {
  if (to_upper(read_parameter(line, "ENCODING")) == "QUOTED-PRINTABLE") {
    return unescaped(unquoted_printable(line.value()));
  }
  return unescaped(line.value());
}

std::string read_parameter(const Line& line, std::string_view name) {
  if (line.text.find(';') >= line.text.size() - line.value().size()) return {};
  const Parsed parsed = parse(line);
  icalproperty* property = first_property(parsed);
  if (property == nullptr) return {};
  const OwnText value(icalproperty_get_parameter_as_string_r(property, std::string(name).c_str()),
                      icalmemory_free_buffer);
  return value ? std::string(value.get()) : std::string();
}

Line with_parameter(const Line& line, std::string_view name, std::string_view value) {
  const Parsed parsed = parse(line);
  icalproperty* property = first_property(parsed);
  if (property == nullptr || icalproperty_isa(property) == ICAL_XLICERROR_PROPERTY) {
    refuse(line, "it has parameters that are not understood");
  }
  const std::string key(name);
  icalproperty_remove_parameter_by_name(property, key.c_str());
  if (!value.empty()) {
    icalproperty_set_parameter_from_string(property, key.c_str(), std::string(value).c_str());
  }
  const OwnText folded(icalproperty_as_ical_string_r(property), icalmemory_free_buffer);
  Line changed{.number = line.number};
  for (const char* c = folded.get(); c != nullptr && *c != '\0'; ++c) {
    if (*c == '\r') continue;
    if (*c != '\n') {
      changed.text += *c;
    } else if (*(c + 1) == ' ') {
      ++c;
    }
  }
  return changed;
}

Line moment_line(std::string_view name, const Moment& moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment.local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(moment.local - day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  std::string line(name);
  if (moment.kind == Moment::Kind::Date) return {.text = line + ";VALUE=DATE:" + text.data()};
  if (moment.kind == Moment::Kind::Zoned) line += ";TZID=\"" + moment.tzid + "\"";
  line += std::string(":") + text.data();
  std::snprintf(text.data(), text.size(), "T%02d%02d%02d%s", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                moment.kind == Moment::Kind::Utc ? "Z" : "");
  return {.text = line + text.data()};
}

}  // namespace icalendar
