#include "host/commands/headline.hpp"

#include <unistd.h>

#include <iostream>

#include "host/planner/hours.hpp"

namespace host {

std::string headline(const Session& session, const Terminal& terminal) {
  const bool demo = session.levels.autonomy() == Autonomy::Demo;
  const std::chrono::local_days today = day_of(session.times.now().at, session.times.zone());
  return terminal.styled(Style::Bold, "Adjutant") + ", " + day_text(today) + " " +
         date_text(today).substr(0, 4) + ". Autonomy " + (demo ? "demo" : "ask") + ": " +
         (demo ? "only sending waits for your yes." : "your mail changes only with your yes.") +
         "\n";
}

ProgressLine::ProgressLine() : shown_(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::say(const std::string& text) const {
  if (shown_) std::cerr << "\r\033[K" << fitted(plain(text), Terminal::kWidth - 1) << std::flush;
}

void ProgressLine::clear() const {
  if (shown_) std::cerr << "\r\033[K" << std::flush;
}

}  // namespace host
