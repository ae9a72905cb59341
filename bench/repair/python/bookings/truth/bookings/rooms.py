"""Rooms and who has them when. Times are minutes since midnight; an end is the first minute that is free again."""


class Taken(Exception):
    """Somebody else has the room then."""


class Booking:
    def __init__(self, who, start, end):
        if start >= end:
            raise ValueError("a booking ends after it starts")
        self.who = who
        self.start = start
        self.end = end

    def overlaps(self, other):
        return self.start < other.end and other.start < self.end

    def __repr__(self):
        return f"{self.who} {clock(self.start)}-{clock(self.end)}"


class Room:
    def __init__(self, name, opens=8 * 60, closes=18 * 60):
        self.name = name
        self.opens = opens
        self.closes = closes
        self.bookings = []

    def book(self, who, start, end):
        if start < self.opens or end > self.closes:
            raise ValueError(f"{self.name} is closed then")
        wanted = Booking(who, start, end)
        for booking in self.bookings:
            if booking.overlaps(wanted):
                raise Taken(repr(booking))
        self.bookings.append(wanted)
        self.bookings.sort(key=lambda one: one.start)
        return wanted

    def free(self, minutes):
        """The first start of a gap of so many minutes; None where there is none."""
        start = self.opens
        for booking in self.bookings:
            if booking.start - start >= minutes:
                return start
            start = booking.end
        return start if self.closes - start >= minutes else None

    def used(self):
        """Which part of the day is booked, from 0 to 1."""
        booked = sum(one.end - one.start for one in self.bookings)
        return booked / (self.closes - self.opens)


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
