#include "servers/memory/record.hpp"

#include "servers/memory/formats/profile.hpp"

namespace memory {

std::string id_of(std::int64_t number) {
  return "m" + std::to_string(number);
}

Memory row_of(const Record& record, const common::Times& times) {
  return {.id = id_of(record.number),
          .text = record.text,
          .kind = record.kind,
          .origin = record.origin,
          .untrusted = record.untrusted,
          .learned = times.zone().at(record.learned),
          .start = record.at,
          .tags = record.tags};
}

Episode episode_of(const Record& record) {
  return {.id = id_of(record.number),
          .text = record.text,
          .at = record.at,
          .action = record.action,
          .outcome = record.outcome,
          .feedback = record.feedback};
}

Memory row_of(const Entry& entry, const common::Times& times) {
  const bool preference = entry.key.starts_with("preferences.");
  return {.id = entry.key,
          .text = in_words(entry.key, entry.value),
          .kind = preference ? Kind::Preference : Kind::Fact,
          .origin = entry.origin,
          .untrusted = entry.untrusted,
          .learned = times.zone().at(entry.learned)};
}

}  // namespace memory
