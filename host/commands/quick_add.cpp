#include "host/commands/quick_add.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "schemas/common/when.hpp"
#include "schemas/tasks/rows.hpp"
#include "servers/common/icalendar/recurrence.hpp"
#include "servers/common/icalendar/rule.hpp"

namespace host {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_seconds;
using tasks::Priority;

constexpr std::int64_t kEstimateMax = 100'000;
/// How far ahead the first time of a repeat is looked for.
constexpr days kHorizon{10 * 366};

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return result;
}

std::optional<Priority> priority_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, Priority>, 9> kWords{
      {{"p1", Priority::High},
       {"p2", Priority::Medium},
       {"p3", Priority::Low},
       {"p4", Priority::None},
       {"!high", Priority::High},
       {"!medium", Priority::Medium},
       {"!med", Priority::Medium},
       {"!low", Priority::Low},
       {"!none", Priority::None}}};
  const std::string text = lower(word);
  const auto found = std::ranges::find(kWords, text, [](const auto& each) { return each.first; });
  return found == kWords.end() ? std::nullopt : std::optional(found->second);
}

/// "30m", "1h30m", "1.5h", "90" as minutes.
std::optional<std::int64_t> minutes_in(std::string_view text) {
  double total = 0;
  bool any = false;
  while (!text.empty()) {
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::size_t letters = std::min(text.find_first_of("0123456789"), text.size());
    const std::string unit = lower(text.substr(0, letters));
    if (unit == "h" || unit == "hr" || unit == "hours" || unit == "hour") {
      total += number * 60;
    } else if (unit == "m" || unit == "min" || unit == "mins" || (unit.empty() && !any)) {
      total += number;
    } else {
      return std::nullopt;
    }
    text.remove_prefix(letters);
    any = true;
  }
  const auto minutes = static_cast<std::int64_t>(std::llround(total));
  return any && total < 1e9 && minutes >= 1 && minutes <= kEstimateMax ? std::optional(minutes)
                                                                       : std::nullopt;
}

std::string trimmed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

/// The same length, with nothing to be found in words such as "!now", whose mark says nothing here.
std::string without_marked(std::string text) {
  bool marked = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ';
    if (text[i] == ' ') marked = false;
    if (begins && std::string_view("!#~@").find(text[i]) != std::string_view::npos) marked = true;
    if (marked) text[i] = 'x';
  }
  return text;
}

class QuickReader {
 public:
  explicit QuickReader(const common::Times& times) : times_(times) {}

  QuickTask read(std::string_view line) {
    for (std::string_view rest = line; !rest.empty();) {
      const std::size_t begin = rest.find_first_not_of(" \t\n\r");
      if (begin == std::string_view::npos) break;
      rest.remove_prefix(begin);
      const std::size_t end = std::min(rest.find_first_of(" \t\n\r"), rest.size());
      if (!take_token(rest.substr(0, end))) text_ += std::string(rest.substr(0, end)) + " ";
      rest.remove_prefix(end);
    }
    take_repeat();
    take_time();
    if (repeat_ && !quick_.task.due) set_due(first_time({}), "");
    quick_.task.title = trimmed(text_);
    if (quick_.task.title.empty()) {
      throw std::runtime_error(
          "what is the task? Say it in words, such as: adjutant add \"Pay rent fri p1 #home\"");
    }
    return std::move(quick_);
  }

 private:
  void understood(std::string member, std::string value, std::string_view words) {
    quick_.understood.push_back({std::move(member), std::move(value), std::string(words)});
  }

  bool take_token(std::string_view word) {
    tasks::NewTask& task = quick_.task;
    if (const std::optional<Priority> priority = priority_of(word)) {
      task.priority = *priority;
      understood("priority",
                 std::string(tasks::tables::kPriority.names[static_cast<std::size_t>(*priority)]),
                 word);
      return true;
    }
    if (word.size() < 2) return false;
    const std::string name(word.substr(1));
    if (word[0] == '#') {
      const bool project = task.project.empty();
      if (project) {
        task.project = name;
      } else {
        task.tags.push_back(name);
      }
      understood(project ? "project" : "tag", name, word);
    } else if (word[0] == '@') {
      task.assignee = name;
      understood("assignee", name, word);
    } else if (const auto minutes = word[0] == '~' ? minutes_in(name) : std::nullopt) {
      task.estimate_minutes = minutes;
      understood("estimate", std::to_string(*minutes) + (*minutes == 1 ? " minute" : " minutes"),
                 word);
    } else {
      return false;
    }
    return true;
  }

  void cut(std::size_t begin, std::size_t end) {
    text_ = text_.substr(0, begin) + " " + text_.substr(end);
  }

  void take_repeat() {
    const std::optional<common::FoundRepeat> found = common::find_repeat(text_);
    if (!found) return;
    repeat_ = times_.settled(found->repeat);
    quick_.task.repeat = repeat_;
    understood("repeat", common::to_string(*repeat_),
               trimmed(std::string_view(text_).substr(found->begin, found->end - found->begin)));
    cut(found->begin, found->end);
  }

  void take_time() {
    std::optional<common::FoundWhen> found = find_weekday();
    const std::optional<common::FoundWhen> other = common::find_when(without_marked(text_));
    if (other && (!found || other->begin < found->begin)) found = other;
    if (!found) return;
    const std::string words(text_, found->begin, found->end - found->begin);
    using Kind = common::Understood::Kind;
    const common::Understood read = times_.understand(words);
    if (!found->doubt.empty() || read.kind == Kind::None || !read.start) {
      quick_.doubt = "\"" + words + "\" stays in the title: " +
                     (found->doubt.empty() ? read.problem : found->doubt);
      return;
    }
    cut(before_preposition(found->begin), found->end);
    if (read.kind == Kind::OpenAfter) {
      quick_.task.scheduled = common::exactly(*read.start);
      understood("scheduled", common::Times::spoken(*read.start), words);
      return;
    }
    common::Time due = *read.start;
    // "By friday" goes on from now: its end counts, and if that is a midnight, the day before.
    if (read.kind == Kind::Interval && read.has_time && read.start->at == times_.now().at) {
      const auto day = std::chrono::floor<days>(read.end->local());
      const bool midnight = read.end->local() == day;
      due = midnight ? common::whole_day(std::chrono::year_month_day(day - days(1))) : *read.end;
    }
    // A period ends on its last day; what is open before a day ends on the day before.
    if (read.kind == Kind::Interval && !read.has_time) due = *read.end;
    if (read.kind != Kind::Instant && !read.has_time) due.at -= days(1);
    set_due(repeat_ ? first_time(due) : due, words);
  }

  /// Words of time that begin with a short weekday, which a sentence need not mean but a task does:
  /// "pay rent fri". "sat" and "sun" mean it at the end alone.
  std::optional<common::FoundWhen> find_weekday() const {
    static constexpr auto kDays =
        std::to_array<std::string_view>({"mon", "tue", "wed", "thu", "fri", "sat", "sun"});
    std::vector<std::pair<std::size_t, std::size_t>> words;  // each from its begin to its end
    for (std::size_t begin = text_.find_first_not_of(' '); begin != std::string::npos;) {
      const std::size_t end = std::min(text_.find(' ', begin), text_.size());
      words.emplace_back(begin, end);
      begin = text_.find_first_not_of(' ', end);
    }
    for (std::size_t first = 0; first < words.size(); ++first) {
      const auto [begin, end] = words[first];
      const auto day = std::ranges::find(kDays, lower(text_.substr(begin, end - begin)));
      if (day == kDays.end()) continue;
      const bool last_only = day - kDays.begin() > 4;
      for (std::size_t last = words.size(); last-- > first;) {
        common::When when;
        const std::size_t stop = words[last].second;
        if (!common::parse(text_.substr(begin, stop - begin), when)) {
          return common::FoundWhen{.when = when, .begin = begin, .end = stop, .doubt = ""};
        }
        if (last_only) break;
      }
    }
    return std::nullopt;
  }

  /// Where a "due", "by" or "on" that leads to the date begins, else where the date does.
  std::size_t before_preposition(std::size_t at) const {
    for (bool more = true; more;) {
      more = false;
      const std::string before = lower(trimmed(std::string_view(text_).substr(0, at)));
      for (const std::string_view word : {"due", "by", "on", "at"}) {
        if (before != word && !before.ends_with(" " + std::string(word))) continue;
        at = lower(text_).rfind(word, at - 1);
        more = true;
        break;
      }
    }
    return at;
  }

  void set_due(const common::Time& due, std::string_view words) {
    quick_.task.due = common::exactly(due);
    understood("due", common::Times::spoken(due), words);
  }

  /// The first time of the repeat from then on, or from today.
  common::Time first_time(const std::optional<common::Time>& from) const {
    const common::Time start = from ? *from : times_.today();
    if (repeat_->after_completion) return start;
    const local_seconds local = start.date ? start.local() : times_.zone().to_local(start.at);
    icalendar::Recurrence recurrence(icalendar::read_rule({.text = "RRULE:" + repeat_->rrule}),
                                     local, start.date);
    const std::optional<local_seconds> at = recurrence.next(local + kHorizon);
    if (!at) return start;
    if (start.date) return common::whole_day(std::chrono::year_month_day(floor<days>(*at)));
    return times_.zone().at(times_.zone().to_utc(*at));
  }

  const common::Times& times_;
  std::string text_;
  std::optional<common::Repeat> repeat_;
  QuickTask quick_;
};

}  // namespace

QuickTask read_quick(std::string_view line, const common::Times& times) {
  return QuickReader(times).read(line);
}

}  // namespace host
