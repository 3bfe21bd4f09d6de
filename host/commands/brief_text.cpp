#include "host/commands/brief_text.hpp"

#include <algorithm>

#include "host/commands/card_text.hpp"
#include "host/planner/rules/sending.hpp"
#include "host/planner/rules/time_taken.hpp"

namespace host {

namespace {

constexpr std::size_t kIndent = 15;
constexpr std::size_t kLettersShown = 12;

/// Writes one brief, section by section. A section without content is left out.
class Brief {
 public:
  Brief(const BriefParts& parts, const Terminal& terminal) : parts_(parts), terminal_(terminal) {}

  std::string text() {
    const World& world = parts_.world;
    schedule();
    focus_list();
    inbox();
    letters("To know", "archive");
    notices();
    done();
    waiting();
    unseen();
    if (text_.empty()) text_ = "Nothing is known of " + day_text(world.today()) + ".\n";
    return text_;
  }

 private:
  const common::Zone& zone() const { return parts_.world.zone; }

  bool is_today(const Deed& deed) const {
    common::Time at;
    if (common::parse(deed.at, at)) return false;
    return day_of(at.at, zone()) == parts_.world.today();
  }

  void head(const std::string& title) { text_ += terminal_.heading(title); }
  void line(const std::string& label, const std::string& words, Style style = Style::Plain) {
    text_ += terminal_.entry("  " + label, plain(words), kIndent, style);
  }

  void schedule() {
    if (!parts_.world.events) return;
    head(day_text(parts_.world.today()));
    const Span today = whole_day(parts_.world.today(), zone());
    bool any = false;
    for (const calendar::Event& event : *parts_.world.events) {
      const Span span = span_of(event, zone());
      const bool cancelled = event.status == calendar::EventStatus::Cancelled;
      if (!span.overlaps(today) || cancelled) continue;
      any = true;
      const std::string place = event.location.empty() ? "" : ", " + event.location;
      line(event.all_day ? "all day" : span_text(span, zone()), event.title + place,
           span.end <= parts_.world.now ? Style::Dim : Style::Bold);
      documents_for(event);
    }
    if (!any) line("", "Nothing in the calendar.");
  }

  /// The documents that were found for a meeting stand under it.
  void documents_for(const calendar::Event& event) {
    for (const auto& [key, deed] : parts_.deeds) {
      if (deed.kind == "document" && deed.item.about == event.id)
        text_ += terminal_.entry("", plain(deed.item.text), kIndent + 2);
    }
  }

  void focus_list() {
    if (!parts_.world.priorities || parts_.world.priorities->focus.empty()) return;
    const tasks::PrioritizeTasksResult& priorities = *parts_.world.priorities;
    head("Focus list, " + length_text(std::chrono::minutes(priorities.focus_minutes)));
    for (const std::string& id : priorities.focus) {
      const auto task = std::find_if(priorities.tasks.begin(), priorities.tasks.end(),
                                     [&](const tasks::Scored& each) { return each.id == id; });
      if (task == priorities.tasks.end()) continue;
      std::string words = task->title;
      if (task->due) words += ", due " + due_text(*task->due);
      if (task->estimate_minutes)
        words += ", " + length_text(std::chrono::minutes(*task->estimate_minutes));
      line("score " + std::to_string(task->score), words);
    }
    if (!priorities.recommendation.empty()) line("", priorities.recommendation);
  }

  std::string due_text(const common::Time& due) const {
    if (due.date) return day_text(std::chrono::floor<std::chrono::days>(due.local()));
    return moment_text(due.at, zone());
  }

  void inbox() {
    if (!parts_.world.inbox) return;
    head("Inbox, " + std::to_string(parts_.world.inbox->size()) + " messages");
    category("urgent", email::Triage::Urgent, Style::Bad);
    category("to answer", email::Triage::ActionRequired, Style::Warn);
    category("to know", email::Triage::Informational, Style::Plain);
    category("spam", email::Triage::Spam, Style::Dim);
  }

  void category(const char* label, email::Triage category, Style style) {
    std::size_t count = 0;
    for (const email::Triaged& message : *parts_.world.inbox) {
      if (message.category != category || ++count > kLettersShown) continue;
      const std::string due = message.due ? " (due " + due_text(*message.due) + ")" : "";
      line(count == 1 ? label : "", name_in(message.from) + ": " + message.subject + due, style);
    }
    if (count > kLettersShown) line("", "and " + std::to_string(count - kLettersShown) + " more");
  }

  /// Deeds of one kind by their things: what was archived, in its own words.
  void letters(const std::string& title, const std::string& kind) {
    std::vector<const Deed*> found = of_today([&](const Deed& deed) {
      return deed.kind == kind && deed.state == DeedState::Done && !deed.item.text.empty();
    });
    if (found.empty()) return;
    head(title + ", archived today");
    for (const Deed* deed : found) text_ += terminal_.entry("  ·", plain(deed->item.text), 4);
  }

  void notices() {
    const std::vector<const Deed*> found = of_today([](const Deed& deed) {
      return deed.kind == "deadline" || deed.kind == "break" || deed.kind == "task_block" ||
             deed.kind == "invitation" || deed.kind == "cancelled";
    });
    const auto told = [](const Deed* deed) { return deed->server.empty(); };
    if (std::none_of(found.begin(), found.end(), told)) return;
    head("Reminders and suggestions");
    for (const Deed* deed : found) {
      if (told(deed)) line(time_of(*deed), deed->item.text);
    }
  }

  /// One line for each action: the items of a batch share their reason.
  void done() {
    std::vector<const Deed*> found = of_today(
        [](const Deed& deed) { return !deed.server.empty() && deed.state != DeedState::Queued; });
    if (found.empty()) return;
    head("Done today: adjutant undo ID takes one back");
    std::vector<std::string> seen;
    for (const Deed* deed : found) {
      const std::string action = deed->change_id + deed->title;
      if (std::find(seen.begin(), seen.end(), action) != seen.end()) continue;
      seen.push_back(action);
      const bool good = deed->state == DeedState::Done;
      const std::string undo = good && !deed->change_id.empty() ? " [" + deed->change_id + "]" : "";
      line(time_of(*deed) + " " + std::string(name_of(deed->state)), deed->title + undo,
           good ? Style::Good : Style::Warn);
    }
  }

  void waiting() {
    if (parts_.cards.empty()) return;
    head("Waiting for your yes or no: adjutant show N, approve N, reject N");
    for (const Card& card : parts_.cards) text_ += card_line(card, terminal_);
  }

  void unseen() {
    if (parts_.unseen.empty()) return;
    head("Could not be seen");
    for (const Unseen& each : parts_.unseen) line(each.server, each.problem, Style::Bad);
  }

  template <class Wanted>
  std::vector<const Deed*> of_today(const Wanted& wanted) const {
    std::vector<const Deed*> found;
    for (const auto& [key, deed] : parts_.deeds) {
      if (wanted(deed) && is_today(deed)) found.push_back(&deed);
    }
    std::stable_sort(found.begin(), found.end(), [](const Deed* left, const Deed* right) {
      return left->order < right->order;
    });
    return found;
  }

  std::string time_of(const Deed& deed) const {
    common::Time at;
    return common::parse(deed.at, at) ? "" : clock_text(at.at, zone());
  }

  const BriefParts& parts_;
  const Terminal& terminal_;
  std::string text_;
};

OutputJson events_json(const World& world) {
  OutputJson json = OutputJson::array();
  const Span today = whole_day(world.today(), world.zone);
  for (const calendar::Event& event : *world.events) {
    if (!span_of(event, world.zone).overlaps(today)) continue;
    json.push_back({{"id", event.id},
                    {"title", event.title},
                    {"start", common::to_string(event.start)},
                    {"end", common::to_string(event.end)}});
  }
  return json;
}

OutputJson deeds_json(const std::map<std::string, Deed>& deeds) {
  OutputJson json = OutputJson::array();
  for (const auto& [key, deed] : deeds) {
    OutputJson entry{{"key", key},          {"kind", deed.kind},     {"state", name_of(deed.state)},
                     {"title", deed.title}, {"reason", deed.reason}, {"at", deed.at}};
    if (!deed.change_id.empty()) entry["change_id"] = deed.change_id;
    if (deed.card) entry["card"] = *deed.card;
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace

std::string brief_text(const BriefParts& parts, const Terminal& terminal) {
  return Brief(parts, terminal).text();
}

OutputJson brief_json(const BriefParts& parts) {
  const World& world = parts.world;
  OutputJson json{{"date", date_text(world.today())}};
  if (world.events) json["events"] = events_json(world);
  if (world.priorities) json["focus"] = world.priorities->focus;
  if (world.inbox) json["inbox"] = world.inbox->size();
  json["deeds"] = deeds_json(parts.deeds);
  json["cards"] = to_json(parts.cards);
  json["unseen"] = to_json(parts.unseen);
  return json;
}

}  // namespace host
