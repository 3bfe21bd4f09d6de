#include "servers/files/locale.hpp"

#include <unicode/ucal.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace files {
namespace {

/// "Central European Summer Time", or the zone's id.
std::string zone_words(std::chrono::sys_seconds instant, const common::Zone& zone) {
  constexpr const char* kLocale = "en_US";
  const std::u16string id(zone.id().begin(), zone.id().end());  // ASCII
  UErrorCode error = U_ZERO_ERROR;
  // UCalendar is void.
  const std::unique_ptr<UCalendar, void (*)(UCalendar*)> calendar(
      ucal_open(id.data(), static_cast<int32_t>(id.size()), kLocale, UCAL_GREGORIAN, &error),
      &ucal_close);
  UCalendar* const own = calendar.get();
  ucal_setMillis(own, 1000.0 * static_cast<double>(instant.time_since_epoch().count()), &error);
  const bool summer = ucal_get(own, UCAL_DST_OFFSET, &error) != 0;
  std::array<UChar, 128> name{};
  const int32_t length =
      ucal_getTimeZoneDisplayName(own, summer ? UCAL_DST : UCAL_STANDARD, kLocale, name.data(),
                                  static_cast<int32_t>(name.size()), &error);
  std::array<char, 512> words{};
  u_strToUTF8(words.data(), static_cast<int32_t>(words.size()) - 1, nullptr, name.data(), length,
              &error);
  return U_FAILURE(error) ? zone.id() : words.data();
}

}  // namespace

Collation::Collation() : collator_(nullptr, &ucol_close) {
  UErrorCode error = U_ZERO_ERROR;
  collator_.reset(ucol_open("en_US", &error));
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no collation for English");
}

bool Collation::less(std::string_view left, std::string_view right) const {
  UErrorCode error = U_ZERO_ERROR;
  return ucol_strcollUTF8(collator_.get(), left.data(), static_cast<int32_t>(left.size()),
                          right.data(), static_cast<int32_t>(right.size()), &error) == UCOL_LESS;
}

std::string date_words(std::chrono::sys_seconds instant, const common::Zone& zone) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  using std::chrono::days;
  const std::chrono::local_seconds local = zone.to_local(instant);
  const auto day = std::chrono::floor<days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(local - day);
  const auto offset = std::chrono::duration_cast<std::chrono::minutes>(zone.offset_at(instant));
  const long minutes = std::labs(offset.count());
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s %s %02u %04d %02ld:%02ld:%02ld GMT%c%02ld%02ld",
                kDays[std::chrono::weekday(day).c_encoding()],
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<unsigned>(date.day()),
                static_cast<int>(date.year()), static_cast<long>(time.hours().count()),
                static_cast<long>(time.minutes().count()),
                static_cast<long>(time.seconds().count()), offset.count() < 0 ? '-' : '+',
                minutes / 60, minutes % 60);
  return std::string(text.data()) + " (" + zone_words(instant, zone) + ")";
}

}  // namespace files
