#include "schemas/memory/list_memories.hpp"

#include <algorithm>
#include <charconv>

#include "servers/common/page.hpp"
#include "servers/memory/context.hpp"

namespace memory {
namespace {

constexpr std::size_t kDigits = 12;
constexpr std::int64_t kYearOne = 62'135'596'800;  // seconds from there to 1970

std::string padded(std::int64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

/// What a page continues after: when it was learned, then which it is. Keys of the profile sort
/// after numbers.
std::string key_of(std::chrono::sys_seconds learned, const std::string& which) {
  return padded(learned.time_since_epoch().count() + kYearOne) + "-" + which;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The memory after which a page continues, from its key; after a key of the profile, all that were
/// learned in the same second.
std::optional<Place> place_of(const std::string& key) {
  if (key.empty()) return std::nullopt;
  const std::optional<std::int64_t> learned = number_in(key.substr(0, kDigits));
  if (!learned || key.size() < kDigits + 2 || key[kDigits] != '-') throw common::bad_cursor();
  return Place{.learned = std::chrono::sys_seconds{std::chrono::seconds{*learned - kYearOne}},
               .number = number_in(key.substr(kDigits + 1)).value_or(INT64_MAX)};
}

bool fits(const Memory& row, const Filter& filter) {
  return (filter.kinds.empty() || std::ranges::count(filter.kinds, row.kind) > 0) &&
         (filter.origin.empty() || row.origin == filter.origin) &&
         filter.learned.holds(row.learned.at);
}

struct Keyed {
  std::string key{};
  Memory row{};
};

/// Those keys of the profile that fit, which are few.
std::vector<Keyed> profile_rows(Context& context, const Filter& filter) {
  std::vector<Keyed> rows;
  for (const Entry& entry : context.store.profile()) {
    Memory row = row_of(entry, context.times);
    if (fits(row, filter)) rows.push_back({key_of(entry.learned, entry.key), std::move(row)});
  }
  return rows;
}

}  // namespace

ListMemoriesResult list_memories(Context& context, const ListMemoriesArgs& args, mcp::Call& call) {
  const Filter filter{
      .kinds = args.kinds,
      .origin = args.origin,
      .learned = context.times.range(args.start, args.end, {.toward = common::Toward::Past})};
  common::Page<Memory> page(
      call, {.limit = args.limit, .cursor = args.cursor, .order = common::Order::Descending});
  std::vector<Keyed> rows = profile_rows(context, filter);
  const auto total = static_cast<std::int64_t>(rows.size()) + context.store.count(filter);
  const std::optional<Place> after = place_of(page.start());
  for (const Record& record : context.store.list(filter, after, args.limit + 1)) {
    rows.push_back({key_of(record.learned, padded(record.number)), row_of(record, context.times)});
  }
  std::ranges::sort(rows, std::ranges::greater(), &Keyed::key);

  for (Keyed& row : rows) {
    if (!page.offer(row.key, std::move(row.row))) break;
  }
  return {.memories = page.rows(), .total = total, .next_cursor = page.next_cursor()};
}

}  // namespace memory
