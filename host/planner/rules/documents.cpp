#include <algorithm>
#include <cctype>
#include <set>

#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/time_taken.hpp"

namespace host {

namespace {

constexpr std::size_t kShortestWord = 4;
constexpr std::size_t kDocumentsNamed = 3;

/// Words that say what kind of meeting or file it is, and nothing of what it is about.
bool says_little(const std::string& word) {
  static const std::set<std::string> kWords{
      "meeting", "weekly",  "monthly", "daily", "call",  "review",  "with",     "from",
      "about",   "session", "notes",   "draft", "final", "version", "document", "time"};
  return kWords.contains(word);
}

/// The words of a title or file name that tell what it is about, in lower case. Bytes beyond ASCII
/// count as letters.
std::set<std::string> telling_words(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (word.size() >= kShortestWord && !says_little(word)) words.insert(word);
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0) {
      word += static_cast<char>(std::tolower(byte));
    } else {
      finish();
    }
  }
  finish();
  return words;
}

std::size_t shared(const std::set<std::string>& left, const std::set<std::string>& right) {
  return static_cast<std::size_t>(std::count_if(
      left.begin(), left.end(), [&](const std::string& word) { return right.contains(word); }));
}

/// The documents that share the most words with the title, best first.
std::vector<const Document*> fitting(const World& world, const std::string& title) {
  const std::set<std::string> about = telling_words(title);
  std::vector<std::pair<std::size_t, const Document*>> ranked;
  for (const Document& document : world.documents) {
    const std::size_t count = shared(about, telling_words(document.name));
    if (count > 0) ranked.emplace_back(count, &document);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& left, const auto& right) { return left.first > right.first; });
  if (ranked.size() > kDocumentsNamed) ranked.resize(kDocumentsNamed);
  std::vector<const Document*> documents;
  for (const auto& [count, document] : ranked) documents.push_back(document);
  return documents;
}

}  // namespace

void name_documents(const World& world, Plan& plan) {
  if (!world.events) return;
  const Proposer proposer(world, plan, "document");
  const Span today = whole_day(world.today(), world.zone);
  for (const calendar::Event& event : *world.events) {
    const Span span = span_of(event, world.zone);
    const bool over = span.end <= world.now;
    if (event.all_day || over || !today.overlaps(span) || !keeps_busy(event)) continue;
    if (world.history.made_by_us(event.id)) continue;
    for (const Document* document : fitting(world, event.title)) {
      proposer.notice({.key = "document:" + event.id + ":" + document->path,
                       .about = event.id,
                       .text = document->name},
                      "For " + event.title + " at " + clock_text(span.start, world.zone) + ": " +
                          document->name);
    }
  }
}

}  // namespace host
