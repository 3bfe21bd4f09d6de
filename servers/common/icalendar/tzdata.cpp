#include "servers/common/icalendar/tzdata.hpp"

#include <charconv>
#include <cstdint>
#include <utility>

namespace common {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr std::size_t kHeaderBytes = 44;
constexpr std::size_t kTypeBytes = 6;

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t value = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~0ULL : 0ULL;
  for (const char byte : bytes) value = (value << 8U) | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

/// The counts of one header, and where its data block begins and ends.
struct Block {
  std::size_t times{};
  std::size_t types{};
  std::size_t begin{};
  std::size_t end{};
};

std::optional<Block> read_block(std::string_view file, std::size_t at, std::size_t time_bytes) {
  if (file.size() < at + kHeaderBytes || file.substr(at, 4) != "TZif") return std::nullopt;
  const auto count = [&](std::size_t index) {
    return static_cast<std::size_t>(big_endian(file.substr(at + 20 + 4 * index, 4)) & 0xffffffff);
  };
  Block block{.times = count(3), .types = count(4), .begin = at + kHeaderBytes};
  block.end = block.begin + block.times * (time_bytes + 1) + block.types * kTypeBytes + count(5) +
              count(2) * (time_bytes + 4) + count(1) + count(0);
  if (block.types == 0 || block.end > file.size()) return std::nullopt;
  return block;
}

/// "Mm.w.d/time" of a footer (the forms Jn and n occur in no current zone): a local time of each
/// year.
struct YearlyChange {
  int month{};
  int week{};
  int weekday{};
  seconds time{std::chrono::hours(2)};

  sys_seconds wall(int year) const {
    const std::chrono::year_month month_of_year(std::chrono::year(year),
                                                std::chrono::month(static_cast<unsigned>(month)));
    const std::chrono::weekday day(static_cast<unsigned>(weekday));
    const sys_days date = week == 5 ? sys_days(month_of_year / day[std::chrono::last])
                                    : sys_days(month_of_year / day[static_cast<unsigned>(week)]);
    return date + time;
  }
};

/// The footer: a POSIX TZ string such as "CET-1CEST,M3.5.0,M10.5.0/3".
class Footer {
 public:
  struct Rule {
    seconds standard{};
    seconds daylight{};
    YearlyChange begins{};
    YearlyChange ends{};
    bool changes{};
  };

  explicit Footer(std::string_view text) : rest_(text) {}

  std::optional<Rule> read() {
    Rule rule;
    if (!skip_name()) return std::nullopt;
    const std::optional<seconds> west = read_time();
    if (!west) return std::nullopt;
    rule.standard = -*west;
    rule.daylight = rule.standard + std::chrono::hours(1);
    if (rest_.empty()) return rule;
    rule.changes = true;
    if (!skip_name()) return std::nullopt;
    if (const std::optional<seconds> daylight = read_time()) rule.daylight = -*daylight;
    if (!read_change(rule.begins) || !read_change(rule.ends)) return std::nullopt;
    return rule;
  }

 private:
  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool skip_name() {
    const std::size_t end =
        rest_.starts_with('<') ? rest_.find('>') + 1 : rest_.find_first_of("+-0123456789,");
    if (end == 0 || rest_.empty()) return false;
    rest_.remove_prefix(std::min(end, rest_.size()));
    return true;
  }

  std::optional<int> read_number() {
    int number = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc() || number < -167 || number > 167) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return number;
  }

  /// [+-]hh[:mm[:ss]]
  std::optional<seconds> read_time() {
    const bool negative = rest_.starts_with('-');
    if (!negative) skip('+');
    const std::optional<int> hours = read_number();
    if (!hours) return std::nullopt;
    seconds rest(0);
    for (const int unit : {60, 1}) {
      if (!skip(':')) break;
      rest += seconds(read_number().value_or(0) * unit);
    }
    return std::chrono::hours(*hours) + (negative ? -rest : rest);
  }

  bool read_change(YearlyChange& change) {
    if (!skip(',') || !skip('M')) return false;
    const std::optional<int> month = read_number();
    if (!month || *month < 1 || *month > 12 || !skip('.')) return false;
    const std::optional<int> week = read_number();
    if (!week || *week < 1 || *week > 5 || !skip('.')) return false;
    const std::optional<int> weekday = read_number();
    if (!weekday || *weekday < 0 || *weekday > 6) return false;
    change = {.month = *month, .week = *week, .weekday = *weekday};
    if (skip('/')) change.time = read_time().value_or(change.time);
    return true;
  }

  std::string_view rest_;
};

void append_footer(const Footer::Rule& rule, ZoneTable& table) {
  const sys_seconds last = table.onsets.empty() ? sys_seconds::min() : table.onsets.back().at;
  const auto append = [&](sys_seconds at, seconds offset) {
    if (at > last) table.onsets.push_back({.at = at, .offset = offset});
  };
  const int first =
      table.onsets.empty()
          ? 1970
          : static_cast<int>(std::chrono::year_month_day(std::chrono::floor<days>(last)).year());
  for (int year = first; rule.changes && year <= kZoneYearsEnd; ++year) {
    const sys_seconds begins = rule.begins.wall(year) - rule.standard;
    const sys_seconds ends = rule.ends.wall(year) - rule.daylight;
    if (begins < ends) append(begins, rule.daylight);
    append(ends, rule.standard);
    if (begins >= ends) append(begins, rule.daylight);
  }
}

}  // namespace

std::optional<ZoneTable> read_tzdata(std::string id, std::string_view file) {
  const std::optional<Block> old = read_block(file, 0, 4);
  if (!old) return std::nullopt;
  const std::optional<Block> block = read_block(file, old->end, 8);
  if (!block) return std::nullopt;
  const std::size_t indices = block->begin + block->times * 8;
  const std::size_t types = indices + block->times;
  const auto offset_of = [&](std::size_t type) {
    return seconds(big_endian(file.substr(types + type * kTypeBytes, 4)));
  };
  ZoneTable table{.id = std::move(id), .before = offset_of(0)};
  for (std::size_t i = 0; i < block->times; ++i) {
    const auto type = static_cast<unsigned char>(file[indices + i]);
    if (type >= block->types) return std::nullopt;
    const sys_seconds at(seconds(big_endian(file.substr(block->begin + i * 8, 8))));
    table.onsets.push_back({.at = at, .offset = offset_of(type)});
  }
  std::string_view footer = file.substr(block->end);
  if (!footer.starts_with('\n') || !footer.ends_with('\n') || footer.size() < 2)
    return std::nullopt;
  footer = footer.substr(1, footer.size() - 2);
  if (footer.empty()) return table;
  const std::optional<Footer::Rule> rule = Footer(footer).read();
  if (!rule) return std::nullopt;
  append_footer(*rule, table);
  return table;
}

}  // namespace common
