#include "servers/tasks/listing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <compare>
#include <limits>
#include <tuple>
#include <type_traits>
#include <variant>

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
constexpr std::int64_t kFew = 300;  ///< So many are rather read and sorted than walked.
constexpr std::size_t kAssigneesApart = 1000;
constexpr std::int64_t kYearOne = 62'135'596'800;  ///< Seconds from there to 1970.
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kFarAway = 10'000'000 * kDaySeconds;  ///< Beyond every due time.
constexpr std::size_t kDigits = 12;

enum Kind : int { kInstant, kDay, kNone };  // as `due_kind` has them

/// SQL with what its parameters are, in order.
struct Query {
  std::string sql{};
  std::vector<std::variant<std::int64_t, std::string>> values{};

  template <class... Values>
  void add(std::string_view text, const Values&... more) {
    sql += text;
    (values.emplace_back(more), ...);
  }
  void add(const Query& other) {
    sql += other.sql;
    values.insert(values.end(), other.values.begin(), other.values.end());
  }
};

/// The rows of a query, one by one, to `take`, which may end them by returning false.
template <class Take>
void for_each_row(common::Statements& statements, SQLite::Database& database, const Query& query,
                  Take take) {
  const common::Statements::Use rows = statements.of(database, query.sql);
  int at = 0;
  for (const auto& value : query.values) {
    std::visit([&](const auto& one) { rows->bind(++at, one); }, value);
  }
  while (rows->executeStep()) {
    if constexpr (std::is_void_v<std::invoke_result_t<Take&, SQLite::Statement&>>) {
      take(*rows);
    } else if (!take(*rows)) {
      return;
    }
  }
}

/// Whether task `o` has one of the labels.
Query has_label(const std::vector<std::string>& labels) {
  Query query;
  query.add(
      "AND EXISTS (SELECT 1 FROM task_order AS x WHERE x.status = o.status AND x.due_kind = "
      "o.due_kind AND x.due_at = o.due_at AND x.id = o.id AND x.label IN (");
  for (std::size_t i = 0; i < labels.size(); ++i) query.add(i == 0 ? "?" : ", ?", labels[i]);
  query.add(")) ");
  return query;
}

/// Every task as a row of task_order with the label "".
constexpr std::string_view kEveryTask =
    "SELECT o.id, o.due_kind, o.due_at FROM (SELECT id, status, CASE WHEN due IS NULL THEN 2 WHEN "
    "length(due) = 10 THEN 1 ELSE 0 END AS due_kind, coalesce(unixepoch(due), 0) AS due_at "
    "FROM tasks) AS o WHERE ";

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

std::string folded_words(const std::string& query) {
  std::string text;
  for (const std::string& word : common::words_of(query)) {
    text += (text.empty() ? "\"" : " \"") + word + "\"*";
  }
  return text;
}

int rank_of(Priority priority) {
  return static_cast<int>(Priority::High) - static_cast<int>(priority);
}

std::string priority_label(int rank) {
  const auto priority = static_cast<Priority>(static_cast<int>(Priority::High) - rank);
  return std::string(kPriorityLabel) + common::name_of(tables::kPriority, priority);
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

/// What a filter means in terms of labels and stretches.
struct Listing::Plan {
  struct Bounds {
    std::int64_t low{kLeast};  ///< Inclusive.
    std::int64_t high{kMost};  ///< Exclusive.
  };

  std::vector<std::string> walked{};             ///< Tasks with one of these labels,
  std::vector<std::vector<std::string>> also{};  ///< and with one of each of these.
  std::vector<Status> statuses{};
  std::array<Bounds, 2> due{};  ///< Of instants and of days.
  bool bounded{};               ///< Then tasks without a due time do not fit.
  std::int64_t size{};          ///< Tasks with a label of `walked`.
  bool empty{};                 ///< Nothing can fit.

  std::vector<std::string> status_names() const {
    std::vector<std::string> names;
    for (const Status status : statuses) names.push_back(name_of(status));
    return names;
  }
  Query conditions() const {
    Query query;
    for (const std::vector<std::string>& labels : also) query.add(has_label(labels));
    return query;
  }
  /// The same of rows that are not walked by label: all that the plan says.
  Query all_conditions() const {
    Query query;
    query.add("o.status IN (");
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      query.add(i == 0 ? "?" : ", ?", name_of(statuses[i]));
    }
    query.add(") ");
    if (bounded) {
      query.add(
          "AND ((o.due_kind = 0 AND o.due_at >= ? AND o.due_at < ?) OR (o.due_kind = 1 AND "
          "o.due_at >= ? AND o.due_at < ?)) ",
          due[kInstant].low, due[kInstant].high, due[kDay].low, due[kDay].high);
    }
    if (walked != std::vector<std::string>{""}) query.add(has_label(walked));
    query.add(conditions());
    return query;
  }
  /// Every sorted stretch of the index that holds tasks of the plan.
  template <class Visit>
  void for_each_stretch(Visit visit) const {
    for (const std::string& label : walked) {
      for (const std::string& status : status_names()) {
        for (const int kind : {kInstant, kDay, kNone}) {
          if (kind == kNone && bounded) continue;
          const Bounds bounds = kind == kNone ? Bounds{} : due[static_cast<std::size_t>(kind)];
          if (bounds.low < bounds.high) visit(label, status, kind, bounds);
        }
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

}  // namespace

std::vector<std::string> Listing::assignees_with(const std::string& words) const {
  std::vector<std::string> labels;
  Query query;
  query.add("SELECT DISTINCT label FROM task_counts WHERE label >= 'a:' AND label < 'a;'");
  for_each_row(statements_, database_, query, [&](SQLite::Statement& row) {
    std::string label = row.getColumn(0).getString();
    const std::string_view name = std::string_view(label).substr(kAssigneeLabel.size());
    if (common::has_words(name, words)) labels.push_back(std::move(label));
  });
  return labels;
}

std::int64_t Listing::count_of(const std::string& label,
                               const std::vector<Status>& statuses) const {
  std::int64_t count = 0;
  for (const Status status : statuses) {
    Query query;
    query.add("SELECT n FROM task_counts WHERE label = ? AND status = ?", label, name_of(status));
    for_each_row(statements_, database_, query,
                 [&](SQLite::Statement& row) { count += row.getColumn(0).getInt64(); });
  }
  return count;
}

Listing::Plan Listing::plan_of(const Filter& filter) const {
  Plan plan{.walked = {""}, .statuses = filter.status};
  if (plan.statuses.empty()) {
    plan.statuses = {Status::Backlog, Status::Todo, Status::InProgress, Status::InReview,
                     Status::Waiting};
  }
  std::ranges::sort(plan.statuses);
  plan.statuses.erase(std::ranges::unique(plan.statuses).begin(), plan.statuses.end());
  if (filter.overdue) {
    std::erase_if(plan.statuses, [](Status status) { return is_finished({.status = status}); });
  }
  plan.size = count_of("", plan.statuses);

  std::vector<std::vector<std::string>> choices;
  if (!filter.project.empty()) choices.push_back({label_of(kProjectLabel, filter.project)});
  for (const std::string& tag : filter.tags) {
    choices.push_back({label_of(kTagLabel, one_line(tag))});
  }
  if (!filter.assignee.empty()) choices.push_back(assignees_with(filter.assignee));
  for (std::vector<std::string>& labels : choices) {
    if (labels.empty()) plan.empty = true;
    std::int64_t size = labels.size() > kAssigneesApart ? kMost : 0;
    for (const std::string& label : labels) {
      if (size != kMost) size += count_of(label, plan.statuses);
    }
    if (size < plan.size || plan.walked == std::vector<std::string>{""}) {
      if (size != kMost) {
        std::swap(plan.walked, labels);
        plan.size = size;
      }
    }
    if (labels != std::vector<std::string>{""}) plan.also.push_back(std::move(labels));
  }

  const common::Zone& zone = times_.zone();
  plan.bounded = filter.overdue || filter.due.from || filter.due.to;
  if (filter.due.from) {
    plan.due[kInstant].low = common::seconds_of(*filter.due.from);
    plan.due[kDay].low = day_from(*filter.due.from, zone);
  }
  if (filter.due.to) {
    plan.due[kInstant].high = common::seconds_of(*filter.due.to);
    plan.due[kDay].high = day_from(*filter.due.to, zone);
  }
  if (filter.overdue) {
    const auto earlier = [](std::int64_t& bound, std::int64_t at) { bound = std::min(bound, at); };
    earlier(plan.due[kInstant].high, common::seconds_of(times_.now().at));
    earlier(plan.due[kDay].high, common::seconds_of(times_.today().at));
  }
  return plan;
}

std::vector<Listing::Place> Listing::walk(const Plan& plan, const Place* after,
                                          std::int64_t limit) const {
  const common::Zone& zone = times_.zone();
  const auto sooner = [](const Place& left, const Place& right) {
    return left.order() < right.order();
  };
  std::vector<Place> places;
  plan.for_each_stretch([&](const std::string& label, const std::string& status, int kind,
                            const Plan::Bounds& bounds) {
    std::pair<std::int64_t, std::int64_t> low(bounds.low, kLeast);
    if (after != nullptr && kind == kNone) {
      if (!after->due) low = std::max(low, {0, after->number});
    } else if (after != nullptr) {
      if (!after->due) return;
      const std::int64_t at =
          kind == kInstant ? common::seconds_of(*after->due) : day_from(*after->due, zone);
      const bool same = instant_of(kind, at, zone) == after->due;
      low = std::max(low, {at, same ? after->number : kLeast});
    }
    Query query;
    query.add(
        "SELECT o.id, o.due_at FROM task_order AS o WHERE o.label = ? AND o.status = ? AND "
        "o.due_kind = ? AND (o.due_at, o.id) > (?, ?) AND o.due_at < ? ",
        label, status, std::int64_t{kind}, low.first, low.second, bounds.high);
    query.add(plan.conditions());
    query.add("ORDER BY o.due_at, o.id LIMIT ?", limit);
    for_each_row(statements_, database_, query, [&](SQLite::Statement& row) {
      const std::int64_t due_at = row.getColumn(1).getInt64();
      const Place place{.due = instant_of(kind, due_at, zone),
                        .number = row.getColumn(0).getInt64()};
      if (places.size() == static_cast<std::size_t>(limit)) {  // a heap, the last place on top
        if (!sooner(place, places.front())) return false;
        std::ranges::pop_heap(places, sooner);
        places.pop_back();
      }
      places.push_back(place);
      std::ranges::push_heap(places, sooner);
      return true;
    });
  });
  std::ranges::sort_heap(places, sooner);
  return places;
}

/// Priority by priority, each in the order of due times.
std::vector<Listing::Place> Listing::walk_by_priority(const Plan& plan, const Place* after,
                                                      std::int64_t limit) const {
  std::vector<Place> places;
  Plan part = plan;
  if (plan.walked != std::vector<std::string>{""}) part.also.push_back(plan.walked);
  for (int rank = after == nullptr ? 0 : after->rank; rank <= rank_of(Priority::None); ++rank) {
    const auto left = limit - static_cast<std::int64_t>(places.size());
    if (left <= 0) break;
    part.walked = {priority_label(rank)};
    const bool continues = after != nullptr && after->rank == rank;
    for (Place& place : walk(part, continues ? after : nullptr, left)) {
      place.rank = rank;
      places.push_back(place);
    }
  }
  return places;
}

std::vector<Listing::Place> Listing::walk_by_age(const Plan& plan, const Place* after,
                                                 std::int64_t limit) const {
  Query query;
  query.add(kEveryTask);
  query.add("o.id > ? AND ", after == nullptr ? std::int64_t{0} : after->number);
  query.add(plan.all_conditions());
  query.add("ORDER BY o.id LIMIT ?", limit);
  std::vector<Place> places;
  for_each_row(statements_, database_, query, [&](SQLite::Statement& row) {
    places.push_back({.number = row.getColumn(0).getInt64()});
  });
  return places;
}

/// All that fits, sorted: for plans that leave little, and for words.
std::vector<Listing::Place> Listing::few(const Plan& plan, const std::string& query,
                                         ListTasksSort sort) const {
  std::vector<Place> places;
  if (query.empty()) {
    places = walk(plan, nullptr, kMost);
  } else {
    Query found;
    found.add(kEveryTask);
    found.add("o.id IN (SELECT rowid FROM tasks_words WHERE tasks_words MATCH ?) AND ", query);
    found.add(plan.all_conditions());
    for_each_row(statements_, database_, found, [&](SQLite::Statement& row) {
      places.push_back(
          {.due = instant_of(row.getColumn(1).getInt(), row.getColumn(2).getInt64(), times_.zone()),
           .number = row.getColumn(0).getInt64()});
    });
  }
  for (Place& place : places) {
    if (sort == ListTasksSort::Created) place.due.reset();
    if (sort != ListTasksSort::Priority) continue;
    Query priority;
    priority.add("SELECT priority FROM tasks WHERE id = ?", place.number);
    for_each_row(statements_, database_, priority, [&](SQLite::Statement& row) {
      const std::string name = row.getColumn(0).getString();
      place.rank = rank_of(common::value_of<Priority>(tables::kPriority, name));
    });
  }
  std::ranges::sort(places, {}, [](const Place& place) { return place.order(); });
  return places;
}

std::int64_t Listing::total_of(const Plan& plan) const {
  if (plan.also.empty() && !plan.bounded) return plan.size;
  std::int64_t total = 0;
  const auto add = [&](const Query& query) {
    for_each_row(statements_, database_, query,
                 [&](SQLite::Statement& row) { total += row.getColumn(0).getInt64(); });
  };
  plan.for_each_stretch([&](const std::string& label, const std::string& status, int kind,
                            const Plan::Bounds& bounds) {
    const auto count = [&](std::int64_t low, std::int64_t high) {
      if (low >= high) return;
      Query query;
      query.add(
          "SELECT count(*) FROM task_order AS o WHERE o.label = ? AND o.status = ? AND "
          "o.due_kind = ? AND o.due_at >= ? AND o.due_at < ? ",
          label, status, std::int64_t{kind}, low, high);
      query.add(plan.conditions());
      add(query);
    };
    const std::int64_t low = std::max(bounds.low, -kFarAway);
    const std::int64_t high = std::min(bounds.high, kFarAway);
    const std::int64_t first =
        (low + kFarAway + kDaySeconds - 1) / kDaySeconds - kFarAway / kDaySeconds;
    const std::int64_t last = (high + kFarAway) / kDaySeconds - kFarAway / kDaySeconds;
    if (!label.empty() || !plan.also.empty() || first >= last) return count(low, high);
    Query whole_days;
    whole_days.add(
        "SELECT coalesce(sum(n), 0) FROM task_days WHERE status = ? AND due_kind = ? AND "
        "day >= ? AND day < ?",
        status, std::int64_t{kind}, first, last);
    add(whole_days);
    count(low, first * kDaySeconds);
    count(last * kDaySeconds, high);
  });
  return total;
}

Listed Listing::list(const Filter& filter, const Wanted& wanted) {
  std::optional<Place> after;
  if (!wanted.after.empty()) after = Place::of(wanted.after, wanted.sort);
  const Place* start = after ? &*after : nullptr;
  const Plan plan = plan_of(filter);
  if (plan.empty) return {};

  const std::string query = folded_words(filter.query);
  const std::int64_t limit = wanted.limit + 1;
  std::vector<Place> places;
  Listed listed;
  if (!query.empty() || plan.size <= kFew) {
    places = few(plan, query, wanted.sort);
    listed.total = static_cast<std::int64_t>(places.size());
    if (start != nullptr) {
      std::erase_if(places, [&](const Place& place) { return place.order() <= start->order(); });
    }
    if (static_cast<std::int64_t>(places.size()) > limit) {
      places.resize(static_cast<std::size_t>(limit));
    }
  } else {
    listed.total = total_of(plan);
    places = wanted.sort == ListTasksSort::Due        ? walk(plan, start, limit)
             : wanted.sort == ListTasksSort::Priority ? walk_by_priority(plan, start, limit)
                                                      : walk_by_age(plan, start, limit);
  }
  Table table(database_, statements_);
  for (const Place& place : places) {
    listed.tasks.emplace_back(place.key(wanted.sort), *table.find(place.number));
  }
  return listed;
}

}  // namespace tasks
