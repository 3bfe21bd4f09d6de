#include "servers/tasks/listing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <compare>
#include <limits>
#include <list>
#include <tuple>
#include <type_traits>

#include "schemas/tasks/list_tasks_types.hpp"
#include "servers/common/columns.hpp"
#include "servers/common/page.hpp"
#include "servers/common/words.hpp"
#include "servers/tasks/table.hpp"

namespace tasks {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kRowsPerLook = 16;  ///< So many rows are walked while one task is looked up.
constexpr std::int64_t kYearOne = 62'135'596'800;  ///< Seconds from there to 1970.
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kFarAway = 10'000'000 * kDaySeconds;  ///< Beyond every due time.
constexpr std::size_t kDigits = 12;

/// The rows of a query, one by one, to `take`, which may end them by returning false.
template <class Take, class... Values>
void for_each_row(common::Statements& statements, SQLite::Database& database, std::string_view sql,
                  Take take, const Values&... values) {
  const common::Statements::Use use = statements.of(database, sql);
  SQLite::Statement& rows = use.with(values...);
  while (rows.executeStep()) {
    if constexpr (std::is_void_v<std::invoke_result_t<Take&, SQLite::Statement&>>) {
      take(rows);
    } else if (!take(rows)) {
      return;
    }
  }
}

std::string padded(std::int64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

/// "000000000012", or nothing.
std::optional<std::int64_t> unpadded(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole && digits.size() == kDigits && number >= 0 ? std::optional(number) : std::nullopt;
}

int rank_of(Priority priority) {
  return static_cast<int>(Priority::High) - static_cast<int>(priority);
}

Priority priority_of(int rank) {
  return static_cast<Priority>(rank_of(static_cast<Priority>(rank)));
}

}  // namespace

/// Where a task stands in a list.
struct Listing::Place {
  int rank{};                        ///< Of the priority, where that sorts.
  std::optional<sys_seconds> due{};  ///< Not where age sorts.
  std::int64_t number{};

  auto order() const { return std::tuple(rank, due.value_or(sys_seconds::max()), number); }

  std::string key(ListTasksSort sort) const {
    if (sort == ListTasksSort::Created) return padded(number);
    const std::string at = due ? padded(common::seconds_of(*due) + kYearOne) : "none";
    const std::string key = at + "-" + padded(number);
    return sort == ListTasksSort::Due ? key : std::to_string(rank) + "-" + key;
  }

  static Place of(std::string_view key, ListTasksSort sort) {
    Place place;
    if (sort == ListTasksSort::Priority) {
      if (key.size() < 2 || key[0] < '0' || key[0] > '3' || key[1] != '-')
        throw common::bad_cursor();
      place.rank = key[0] - '0';
      key.remove_prefix(2);
    }
    if (sort != ListTasksSort::Created) {
      const std::size_t dash = key.find('-');
      const std::string_view at = key.substr(0, dash);
      const std::optional<std::int64_t> due = unpadded(at);
      if (dash == std::string_view::npos || (!due && at != "none")) throw common::bad_cursor();
      if (due) place.due = sys_seconds(seconds(*due - kYearOne));
      key.remove_prefix(dash + 1);
    }
    const std::optional<std::int64_t> number = unpadded(key);
    if (!number) throw common::bad_cursor();
    place.number = *number;
    return place;
  }
};

/// What fits a filter, and how to come by it in the order of due times.
struct Listing::Selection {
  struct Bounds {
    std::int64_t low{kLeast};  ///< Inclusive.
    std::int64_t high{kMost};  ///< Exclusive.
  };

  TaskSet tasks{};
  std::string walked{};         ///< All of them have this label,
  std::int64_t size{kMost};     ///< as have so many tasks in all.
  bool open{};                  ///< Some of them may be unfinished.
  bool finished{};              ///< Some may be finished.
  std::array<Bounds, 2> due{};  ///< Of instants and of days.
  bool bounded{};               ///< Then tasks without a due time do not fit.

  /// Leaves those of `set`, which are all that have `label`.
  void narrow(const std::string& label, const TaskSet& set) {
    tasks.intersect(set);
    const std::int64_t count = set.size();
    if (count >= size) return;
    walked = label;
    size = count;
  }
  /// Every sorted stretch of `task_order` that holds some of them.
  template <class Visit>
  void for_each_stretch(Visit visit) const {
    for (const bool is_finished : {false, true}) {
      if (is_finished ? !finished : !open) continue;
      for (const DueKind kind : {kInstant, kDay, kNone}) {
        if (kind == kNone && bounded) continue;
        const Bounds bounds = kind == kNone ? Bounds{} : due.at(kind);
        if (bounds.low < bounds.high) visit(is_finished, kind, bounds);
      }
    }
  }
};

namespace {

/// The first day that begins at `at` or later, as `due_at` has it.
std::int64_t day_from(sys_seconds at, const common::Zone& zone) {
  local_days day = std::chrono::floor<days>(zone.to_local(at));
  if (zone.to_utc(day) < at) day += days(1);
  return seconds(day.time_since_epoch()).count();
}

/// The instant from which a due time sorts; nothing for none.
std::optional<sys_seconds> instant_of(int kind, std::int64_t due_at, const common::Zone& zone) {
  if (kind == kNone) return std::nullopt;
  if (kind == kInstant) return sys_seconds(seconds(due_at));
  return zone.to_utc(std::chrono::local_seconds(seconds(due_at)));
}

std::vector<Status> statuses_of(const Filter& filter) {
  std::vector<Status> statuses = filter.status;
  if (statuses.empty()) {
    statuses = {Status::Backlog, Status::Todo, Status::InProgress, Status::InReview,
                Status::Waiting};
  }
  if (filter.overdue) {
    std::erase_if(statuses, [](Status status) { return is_finished({.status = status}); });
  }
  return statuses;
}

}  // namespace

TaskSet Listing::with_labels(const std::vector<LabelRange>& ranges) const {
  TaskSet set;
  const auto take = [&](SQLite::Statement& row) {
    const SQLite::Column ids = row.getColumn(1);
    set.unite(row.getColumn(0).getInt64(), {static_cast<const std::byte*>(ids.getBlob()),
                                            static_cast<std::size_t>(ids.getBytes())});
  };
  for (const auto& [low, high] : ranges) {
    if (high.empty()) {
      for_each_row(statements_, database_, "SELECT block, ids FROM task_sets WHERE label = ?", take,
                   low);
    } else {
      for_each_row(statements_, database_,
                   "SELECT block, ids FROM task_sets WHERE label >= ? AND label < ?", take, low,
                   high);
    }
  }
  return set;
}

/// A single name as such, names that follow each other as one range.
std::vector<LabelRange> Listing::assignees_with(const std::string& words) const {
  std::vector<LabelRange> ranges;
  bool follows = false;
  int names = 0;
  for_each_row(
      statements_, database_,
      "WITH RECURSIVE found(label) AS (SELECT min(label) FROM task_sets WHERE label >= 'a:' AND "
      "label < 'a;' UNION ALL SELECT (SELECT min(label) FROM task_sets WHERE label > found.label "
      "AND label < 'a;') FROM found WHERE label IS NOT NULL) SELECT label FROM found WHERE label "
      "IS NOT NULL",
      [&](SQLite::Statement& row) {
        const std::string label = row.getColumn(0).getString();
        const std::string_view name = std::string_view(label).substr(kAssigneeLabel.size());
        const bool fits = common::has_words(name, words);
        names += fits ? 1 : 0;
        if (fits && !follows) ranges.push_back({.low = label, .high = "a;"});
        if (!fits && follows) ranges.back().high = label;
        follows = fits;
      });
  if (names == 1) ranges.front().high.clear();
  return ranges;
}

/// Whole days by their labels, what is left at the ends one by one.
TaskSet Listing::due_in(const Selection& selection) const {
  TaskSet set;
  const auto add_each = [&](DueKind kind, std::int64_t low, std::int64_t high) {
    if (low >= high) return;
    for (const std::int64_t is_finished : {0, 1}) {
      for_each_row(
          statements_, database_,
          "SELECT id FROM task_order WHERE label = '' AND finished = ? AND due_kind = ? AND "
          "due_at >= ? AND due_at < ?",
          [&](SQLite::Statement& row) { set.add(row.getColumn(0).getInt64()); }, is_finished,
          std::int64_t{kind}, low, high);
    }
  };
  for (const DueKind kind : {kInstant, kDay}) {
    const std::int64_t low = std::clamp(selection.due.at(kind).low, -kFarAway, kFarAway);
    const std::int64_t high = std::clamp(selection.due.at(kind).high, -kFarAway, kFarAway);
    const std::int64_t first =
        (low + kFarAway + kDaySeconds - 1) / kDaySeconds - kFarAway / kDaySeconds;
    const std::int64_t last = (high + kFarAway) / kDaySeconds - kFarAway / kDaySeconds;
    if (first >= last) {
      add_each(kind, low, high);
      continue;
    }
    set.unite(with_labels(day_labels(kind, first, last)));
    add_each(kind, low, first * kDaySeconds);
    add_each(kind, last * kDaySeconds, high);
  }
  return set;
}

Listing::Selection Listing::selection_of(const Filter& filter) const {
  Selection selection;
  std::vector<LabelRange> labels;
  for (const Status status : statuses_of(filter)) {
    (is_finished({.status = status}) ? selection.finished : selection.open) = true;
    labels.push_back({.low = std::string(kStatusLabel) + name_of(status)});
  }
  selection.tasks = with_labels(labels);
  selection.size = selection.tasks.size();

  const auto narrow = [&](const std::string& label) {
    selection.narrow(label, with_labels({{.low = label}}));
  };
  if (!filter.project.empty()) narrow(label_of(kProjectLabel, filter.project));
  for (const std::string& tag : filter.tags) narrow(label_of(kTagLabel, one_line(tag)));
  if (!filter.assignee.empty()) {
    const std::vector<LabelRange> names = assignees_with(filter.assignee);
    if (names.size() == 1 && names.front().high.empty()) {
      narrow(names.front().low);
    } else {
      selection.tasks.intersect(with_labels(names));
    }
  }
  for (const std::string& word : common::words_of(common::folded(filter.query))) {
    selection.tasks.intersect(with_labels(word_labels(word)));
  }

  const common::Zone& zone = times_.zone();
  selection.bounded = filter.overdue || filter.due.from || filter.due.to;
  if (filter.due.from) {
    selection.due[kInstant].low = common::seconds_of(*filter.due.from);
    selection.due[kDay].low = day_from(*filter.due.from, zone);
  }
  if (filter.due.to) {
    selection.due[kInstant].high = common::seconds_of(*filter.due.to);
    selection.due[kDay].high = day_from(*filter.due.to, zone);
  }
  if (filter.overdue) {
    const auto earlier = [](std::int64_t& bound, std::int64_t at) { bound = std::min(bound, at); };
    earlier(selection.due[kInstant].high, common::seconds_of(times_.now().at));
    earlier(selection.due[kDay].high, common::seconds_of(times_.today().at));
  }
  if (selection.bounded) selection.tasks.intersect(due_in(selection));
  return selection;
}

/// The places of a selection in one stretch of `task_order`, one after the other.
class Listing::Stretch final {
 public:
  Stretch(const Listing& listing, const Selection& selection, bool is_finished, DueKind kind,
          const Selection::Bounds& bounds, const Place* after)
      : tasks_(selection.tasks),
        zone_(listing.times_.zone()),
        kind_(kind),
        rows_(listing.statements_.of(  // its own text, for several are open at once
            listing.database_,
            "SELECT id, due_at FROM task_order WHERE label = ? AND finished = " +
                std::to_string(is_finished ? 1 : 0) + " AND due_kind = " + std::to_string(kind) +
                " AND (due_at, id) > (?, ?) AND due_at < ? ORDER BY due_at, id")) {
    std::pair<std::int64_t, std::int64_t> low(bounds.low, kLeast);
    if (after != nullptr && kind == kNone) {
      if (!after->due) low = std::max(low, {0, after->number});
    } else if (after != nullptr) {
      const std::int64_t at =
          kind == kInstant ? common::seconds_of(*after->due) : day_from(*after->due, zone_);
      const bool same = instant_of(kind, at, zone_) == after->due;
      low = std::max(low, {at, same ? after->number : kLeast});
    }
    rows_.with(selection.walked, low.first, low.second, bounds.high);
  }

  /// False at the end, and once more than `rows_max` rows were read; `rows` counts them.
  bool advance(std::int64_t& rows, std::int64_t rows_max) {
    while (rows_->executeStep()) {
      if (++rows > rows_max) return false;
      const std::int64_t number = rows_->getColumn(0).getInt64();
      if (!tasks_.contains(number)) continue;
      place_ = {.due = instant_of(kind_, rows_->getColumn(1).getInt64(), zone_), .number = number};
      return true;
    }
    return false;
  }
  const Place& place() const { return place_; }

 private:
  const TaskSet& tasks_;
  const common::Zone& zone_;
  const DueKind kind_;
  const common::Statements::Use rows_;
  Place place_{};
};

/// Nothing if that takes more than `rows_max` rows, which a page whose tasks stand together at the
/// end may do.
std::optional<std::vector<Listing::Place>> Listing::walk(const Selection& selection,
                                                         const Place* after, std::int64_t limit,
                                                         std::int64_t rows_max) const {
  std::vector<Place> places;
  std::int64_t rows = 0;
  for (const bool is_dated : {true, false}) {  // tasks without a due time come after all others
    if (is_dated && after != nullptr && !after->due) continue;
    std::list<Stretch> open;
    selection.for_each_stretch(
        [&](bool is_finished, DueKind kind, const Selection::Bounds& bounds) {
          if ((kind != kNone) != is_dated) return;
          open.emplace_back(*this, selection, is_finished, kind, bounds, after);
          if (!open.back().advance(rows, rows_max)) open.pop_back();
        });
    while (!open.empty() && static_cast<std::int64_t>(places.size()) < limit) {
      const auto next = std::ranges::min_element(
          open, {}, [](const Stretch& stretch) { return stretch.place().order(); });
      places.push_back(next->place());
      if (!next->advance(rows, rows_max)) open.erase(next);
    }
    if (rows > rows_max) return std::nullopt;
    if (static_cast<std::int64_t>(places.size()) == limit) break;
  }
  return places;
}

std::vector<Listing::Place> Listing::sorted(const Selection& selection, const Place* after,
                                            std::int64_t limit) const {
  std::vector<Place> places;
  selection.tasks.for_each(0, [&](std::int64_t number) {
    for_each_row(
        statements_, database_,
        "SELECT CASE WHEN due IS NULL THEN 2 WHEN length(due) = 10 THEN 1 ELSE 0 END, "
        "coalesce(unixepoch(due), 0) FROM tasks WHERE id = ?",
        [&](SQLite::Statement& row) {
          const Place place{.due = instant_of(row.getColumn(0).getInt(),
                                              row.getColumn(1).getInt64(), times_.zone()),
                            .number = number};
          if (after == nullptr || place.order() > after->order()) places.push_back(place);
        },
        number);
    return true;
  });
  const auto count = std::min(places.size(), static_cast<std::size_t>(limit));
  std::ranges::partial_sort(places, places.begin() + static_cast<std::ptrdiff_t>(count), {},
                            &Place::order);
  places.resize(count);
  return places;
}

std::vector<Listing::Place> Listing::by_due(const Selection& selection, const Place* after,
                                            std::int64_t limit) const {
  const std::int64_t count = selection.tasks.size();
  if (count == 0) return {};
  const std::int64_t likely = selection.size * std::min(limit, count) / count;
  if (likely < count * kRowsPerLook) {
    if (auto places = walk(selection, after, limit, count * kRowsPerLook)) return *places;
  }
  return sorted(selection, after, limit);
}

/// Priority by priority, each in the order of due times.
std::vector<Listing::Place> Listing::by_priority(const Selection& selection, const Place* after,
                                                 std::int64_t limit) const {
  std::vector<Place> places;
  for (int rank = after == nullptr ? 0 : after->rank; rank <= rank_of(Priority::None); ++rank) {
    const auto left = limit - static_cast<std::int64_t>(places.size());
    if (left <= 0) break;
    Selection part = selection;
    const std::string label = priority_label(priority_of(rank));
    part.narrow(label, with_labels({{.low = label}}));
    const bool continues = after != nullptr && after->rank == rank;
    const Place start = continues ? Place{.due = after->due, .number = after->number} : Place{};
    for (Place& place : by_due(part, continues ? &start : nullptr, left)) {
      place.rank = rank;
      places.push_back(place);
    }
  }
  return places;
}

std::vector<Listing::Place> Listing::by_age(const Selection& selection, const Place* after,
                                            std::int64_t limit) const {
  std::vector<Place> places;
  const std::int64_t first = after == nullptr ? 0 : after->number + 1;
  selection.tasks.for_each(first, [&](std::int64_t number) {
    places.push_back({.number = number});
    return static_cast<std::int64_t>(places.size()) < limit;
  });
  return places;
}

Listed Listing::list(const Filter& filter, const Wanted& wanted) {
  std::optional<Place> after;
  if (!wanted.after.empty()) after = Place::of(wanted.after, wanted.sort);
  const Place* start = after ? &*after : nullptr;
  const Selection selection = selection_of(filter);
  const std::int64_t limit = wanted.limit + 1;
  const std::vector<Place> places =
      wanted.sort == ListTasksSort::Due        ? by_due(selection, start, limit)
      : wanted.sort == ListTasksSort::Priority ? by_priority(selection, start, limit)
                                               : by_age(selection, start, limit);
  Listed listed{.total = selection.tasks.size()};
  Table table(database_, statements_);
  for (const Place& place : places) {
    listed.tasks.emplace_back(place.key(wanted.sort), *table.find(place.number));
  }
  return listed;
}

}  // namespace tasks
