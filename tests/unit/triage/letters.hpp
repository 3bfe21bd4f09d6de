#pragma once

#include <string>
#include <string_view>

#include "servers/common/clock.hpp"
#include "servers/email/triage/triage.hpp"

namespace test {

/// A message in parts; what a test does not name is as in any plain letter.
struct Letter {
  std::string from{"Anna Nowak <anna.nowak@example.com>"};
  std::string to{"Maja <maja@example.org>"};
  std::string subject{"Lunch"};
  std::string date{"Mon, 16 Mar 2026 08:00:00 +0100"};
  std::string more{};  ///< Header lines, each with its line break.
  std::string type{"text/plain; charset=utf-8"};
  std::string text{"The new place at the corner has opened. It rained all day.\n"};

  email::Mail mail() const {
    return email::read_mail("From: " + from + "\nTo: " + to + "\nSubject: " + subject +
                            "\nDate: " + date +
                            "\nMessage-ID: "
                            "<1.a@example.com>\nMIME-Version: 1.0\nContent-Type: " +
                            type + "\n" + more + "\n" + text);
  }
};

/// Judged on Mon 2026-03-16 at 09:00 in Warsaw.
inline email::triage::Verdict judged(const Letter& letter,
                                     const email::triage::Relation& relation = {}) {
  const common::StillClock clock(std::chrono::sys_days{std::chrono::year{2026} / 3 / 16} +
                                 std::chrono::hours(8));
  const common::Times times(clock, *common::Zone::find("Europe/Warsaw"));
  return email::triage::judge(letter.mail(), relation, times);
}

}  // namespace test
