#include "host/harness/throwaway.hpp"

#include <fstream>
#include <stdexcept>

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMessage =
    "From: Jan Kowal <jan@example.com>\r\nTo: Maja Nowak <maja@example.com>\r\n"
    "Subject: Offer for the roof\r\nMessage-ID: <offer-1@example.com>\r\n"
    "Date: Mon, 16 Mar 2026 08:15:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "Dear Maja,\r\n\r\ncould you please send me the offer by Friday?\r\n\r\nJan\r\n";
constexpr const char* kNews =
    "From: News <news@example.org>\r\nTo: maja@example.com\r\nSubject: This week in roofs\r\n"
    "Message-ID: <news-7@example.org>\r\nList-Unsubscribe: <https://example.org/u>\r\n"
    "Date: Sun, 15 Mar 2026 18:00:00 +0100\r\nContent-Type: text/plain\r\n\r\nSlate is back.\r\n";
constexpr const char* kCalendar =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//harness//EN\r\nBEGIN:VEVENT\r\n"
    "UID:roof-1@example.com\r\nDTSTAMP:20260301T090000Z\r\nDTSTART:20260316T090000Z\r\n"
    "DTEND:20260316T100000Z\r\nSUMMARY:Roof meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

}  // namespace

Throwaway::Throwaway() {
  fs::create_directories(data_);
  for (const char* part : {"cur", "new", "tmp"})
    fs::create_directories(folder_.path() / "mail" / part);
  fs::create_directories(folder_.path() / "files" / "notes");
  write("mail/new/1773645300.M1P1.host", kMessage);
  write("mail/cur/1773594000.M2P1.host:2,S", kNews);
  write("files/readme.txt", "The first line.\nThe second line.\nZażółć gęślą jaźń.\n");
  write("files/notes/roof.md", "# Roof\n\n- ask Jan\n- measure\n");
  write("files/notes/empty.txt", "");
  write("files/calendar.ics", kCalendar);
}

void Throwaway::write(const fs::path& name, const std::string& text) const {
  std::ofstream out(folder_.path() / name, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + (folder_.path() / name).string());
}

std::vector<std::string> Throwaway::args_for(const std::string& server,
                                             const std::string& zone) const {
  std::vector<std::string> args{"--data", data_.string(), "--zone", zone, "--tools", "all"};
  const std::string files = (folder_.path() / "files").string();
  if (server == "email") {
    args.insert(args.end(), {"--mail", (folder_.path() / "mail").string(), "--root", files});
  } else if (server == "files") {
    args.push_back(files);
  } else {
    args.insert(args.end(), {"--root", files});
  }
  return args;
}

}  // namespace harness
